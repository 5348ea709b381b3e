"""Asks a model about the texts of a DataFrame, from PySpark.

    python score_in_pyspark.py JAR MODEL TEXTS OUTPUT

JAR is Unroll's application jar, MODEL a model directory, run or registry, TEXTS a folder of Parquet with a column "text", OUTPUT a new folder for the
same table with the answers: label and probability, words and tags, what is written, or loss and tokens. Needs pyspark of the Spark that JAR was built
for, 3.5 or 4.
"""

import sys

from pyspark.sql import DataFrame, SparkSession


def predicted(spark, model, texts, column="text"):
    """The DataFrame with the answers of a model as further columns."""
    unroll = spark._jvm.io.unroll
    trained = unroll.driver.model.TrainedModel.read(model, spark._jsc.hadoopConfiguration())
    answer = getattr(unroll.driver.predict, "TextModel$Output").valueOf("ANSWER")
    likeliest = unroll.worker.decode.DecodingOptions.greedy()
    prediction = unroll.driver.predict.Prediction(spark._jsparkSession, trained, answer, likeliest)
    return DataFrame(prediction.table(texts._jdf, column), spark)


if __name__ == "__main__":
    jar, model, texts, output = sys.argv[1:]
    session = SparkSession.builder.appName("score").config("spark.jars", jar).getOrCreate()
    predicted(session, model, session.read.parquet(texts)).write.parquet(output)
    session.stop()
