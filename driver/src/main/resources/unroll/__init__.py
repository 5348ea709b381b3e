"""Unroll's stages of Spark ML in PySpark: estimators for each task, the model that they fit, and an evaluator.

    from unroll import TextClassifierEstimator

    classifier = TextClassifierEstimator().set("training.epochs", 5).set("textCol", "review")
    model = classifier.fit(reviews)
    model.transform(reviews).select("predicted_label", "predicted_probability")

Start the session with the application jar as --jars and as --py-files: this package lies in it. Everything is done by the classes of the same names in
Java; parameters have the same names too, and explainParams() lists them.
"""

import sys

from pyspark.ml.evaluation import JavaEvaluator
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel, JavaParams
from pyspark.sql.utils import is_remote

__all__ = [
    "LanguageModelEstimator",
    "TaggerEstimator",
    "TextClassifierEstimator",
    "TranslatorEstimator",
    "UnrollEvaluator",
    "UnrollModel",
]

_JAVA_PACKAGE = "io.unroll.driver.ml"

_CONVERTERS = {
    "IntParam": TypeConverters.toInt,
    "LongParam": TypeConverters.toInt,
    "DoubleParam": TypeConverters.toFloat,
    "BooleanParam": TypeConverters.toBoolean,
}


class _Stage(JavaParams, JavaMLReadable, JavaMLWritable):
    """A stage whose parameters are those of the Java object."""

    def _take_params(self):
        """Makes the parameters that the Java object has, with their values; of Spark Connect, the server has them."""
        if is_remote():
            return
        for java_param in self._java_obj.params():
            converter = _CONVERTERS.get(java_param.getClass().getSimpleName(), TypeConverters.toString)
            setattr(self, java_param.name(), Param(self, java_param.name(), java_param.doc(), converter))
        self._params = None  # they are looked for again
        self._resetUid(self._java_obj.uid())
        self._transfer_params_from_java()

    def set(self, param, value):
        """Sets a parameter, given itself or by its name, and returns the stage."""
        if isinstance(param, str):
            self._know(param)
            param = self.getParam(param)
        super().set(param, value)
        return self

    def _set(self, **values):
        for name in values:
            self._know(name)
        return super()._set(**values)

    def _know(self, name):
        """Makes a parameter of Spark Connect, where only the server knows which there are, and refuses others."""
        if is_remote() and not self.hasParam(name):
            setattr(self, name, Param(self, name, "explained by the class in Java"))
            self._params = None


class _Made(_Stage):
    """A stage that Python makes."""

    def __init__(self):
        super().__init__()
        self._java_obj = self._new_java_obj(f"{_JAVA_PACKAGE}.{type(self).__name__}")
        self._take_params()


class _Estimator(_Made, JavaEstimator):
    def _create_model(self, java_model):
        return UnrollModel(java_model)


class TextClassifierEstimator(_Estimator):
    """Trains a model that gives texts a label each, on the columns textCol and labelCol."""


class TaggerEstimator(_Estimator):
    """Trains a model that gives each word a tag, on the columns wordsCol and tagsCol."""


class TranslatorEstimator(_Estimator):
    """Trains a model that writes a text about another, on the columns sourceCol and targetCol."""


class LanguageModelEstimator(_Estimator):
    """Trains a language model on texts of their own, the column textCol."""


class UnrollEvaluator(_Made, JavaEvaluator):
    """Measures accuracy, loss, bleu or chrf, for PySpark's validators."""

    def isLargerBetter(self):
        self._transfer_params_to_java()
        return self._java_obj.isLargerBetter()


class UnrollModel(_Stage, JavaModel):
    """Adds the answers of a trained model to a table."""

    def __init__(self, java_model=None):
        super().__init__(java_model)
        if java_model is not None:
            self._take_params()

    @staticmethod
    def of(uri):
        """The model of a model directory, run directory or registry."""
        from pyspark.sql import SparkSession

        return UnrollModel(SparkSession.active()._jvm.io.unroll.driver.ml.UnrollModel.of(uri))

    def labels(self):
        """The labels or tags of a model that gives them, in the order of the probabilities."""
        return list(self._java_obj.labels())


# PySpark takes the name of a class for that of its twin in Java, and looks for it there when it loads stages.
for _name in __all__:
    globals()[_name].__module__ = _JAVA_PACKAGE
sys.modules[_JAVA_PACKAGE] = sys.modules[__name__]
