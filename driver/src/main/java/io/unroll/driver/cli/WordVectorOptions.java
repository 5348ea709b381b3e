package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.words.SparkVectors;
import io.unroll.driver.words.WordVectors;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the vectors of words come from. Spark is started only for a model of Spark's. */
final class WordVectorOptions {
  @ArgGroup(multiplicity = "1")
  private Source source;

  @Mixin private SparkOptions sparkOptions;

  /** One of both. */
  private static final class Source {
    @Option(
        names = "--model",
        required = true,
        paramLabel = "URI",
        description = ModelOptions.DESCRIPTION)
    private String model;

    @Option(
        names = "--vectors",
        required = true,
        paramLabel = "URI",
        description = "instead of --model: a Word2VecModel of Spark ML, such as word2vec writes")
    private String vectors;
  }

  WordVectors read() throws IOException {
    if (source.vectors == null) {
      return WordVectors.of(TrainedModel.read(source.model, SparkSessions.hadoop()));
    }
    try (SparkSession spark = sparkOptions.open("read " + source.vectors)) {
      return SparkVectors.read(source.vectors, spark);
    }
  }

  /** Which place was given; the other is null. */
  void put(ObjectNode object) {
    object.put("model", source.model).put("vectors", source.vectors);
  }
}
