"""Asks a model about the texts of a table, from PySpark.

    spark-submit --jars JAR --py-files JAR score_in_pyspark.py MODEL TEXTS OUTPUT

JAR is Unroll's application jar, MODEL a model directory, run or registry, TEXTS a folder of Parquet with a column "text", OUTPUT a new folder for the
same table with the answers: label and probability, words and tags, what is written, or loss and tokens. Needs pyspark of the Spark that JAR was built
for, 3.5 or 4.
"""

import sys

from pyspark.sql import SparkSession
from unroll import UnrollModel

if __name__ == "__main__":
    model, texts, output = sys.argv[1:]
    session = SparkSession.builder.appName("score").getOrCreate()
    UnrollModel.of(model).transform(session.read.parquet(texts)).write.parquet(output)
    session.stop()
