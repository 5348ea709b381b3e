"""Trains classifiers on a table from PySpark, chooses one by cross-validation, and saves it.

    spark-submit --jars JAR --py-files JAR train_in_pyspark.py TEXTS MODEL OUTPUT

JAR is Unroll's application jar, TEXTS a folder of Parquet with the columns "text" and "label", MODEL a new folder for the model, OUTPUT a new folder
for the same table with the answers of the model that was read from there. Needs pyspark of the Spark that JAR was built for, 3.5 or 4.
"""

import sys

from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.feature import SQLTransformer
from pyspark.ml.tuning import CrossValidator, ParamGridBuilder
from pyspark.sql import SparkSession
from unroll import TextClassifierEstimator, UnrollEvaluator

if __name__ == "__main__":
    texts, model, output = sys.argv[1:]
    session = SparkSession.builder.appName("train").getOrCreate()
    reviews = session.read.parquet(texts)

    tidied = SQLTransformer(statement="select lower(text) as text, label from __THIS__")
    classifier = TextClassifierEstimator()
    classifier.set("model.hidden", 32).set("model.embedding", 16).set("training.epochs", 5).set("training.batch", 8)
    grid = ParamGridBuilder().addGrid(classifier.getParam("optimizer.learning-rate"), [0.0001, 0.01]).build()
    validator = CrossValidator(
        estimator=Pipeline(stages=[tidied, classifier]),
        estimatorParamMaps=grid,
        evaluator=UnrollEvaluator().set("metricName", "accuracy"),
        numFolds=2,
    )
    fitted = validator.fit(reviews)
    print("accuracies", fitted.avgMetrics)

    fitted.bestModel.write().overwrite().save(model)
    PipelineModel.load(model).transform(reviews).write.parquet(output)
    session.stop()
