"""Trains a classifier on a table from a client of Spark Connect, saves it, and uses it.

    spark-submit --class org.apache.spark.sql.connect.service.SparkConnectServer --jars JAR spark-internal
    SPARK_REMOTE=sc://localhost PYTHONPATH=JAR python3 train_with_spark_connect.py TEXTS MODEL OUTPUT

JAR is Unroll's application jar, TEXTS a folder of Parquet with the columns "text" and "label", MODEL a new folder for the model, OUTPUT a new folder
for the same table with the model's answers; all three are read and written by the server. Needs pyspark[connect] of the server's Spark, 4.0 or later.
"""

import sys

from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.feature import SQLTransformer
from pyspark.sql import SparkSession
from unroll import TextClassifierEstimator, UnrollEvaluator

if __name__ == "__main__":
    texts, model, output = sys.argv[1:]
    session = SparkSession.builder.getOrCreate()
    reviews = session.read.parquet(texts)

    tidied = SQLTransformer(statement="select lower(text) as text, label from __THIS__")
    classifier = TextClassifierEstimator()
    classifier.set("model.hidden", 32).set("model.embedding", 16).set("training.epochs", 5).set("training.batch", 8)
    fitted = Pipeline(stages=[tidied, classifier]).fit(reviews)
    fitted.write().overwrite().save(model)

    answered = PipelineModel.load(model).transform(reviews)
    print("accuracy", UnrollEvaluator().set("metricName", "accuracy").evaluate(answered))
    answered.write.parquet(output)
    session.stop()
