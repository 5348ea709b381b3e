package io.unroll.driver.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.DataException;
import io.unroll.driver.model.ModelExchange;
import io.unroll.driver.model.TrainedModel;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;

/**
 * An {@link UnrollModel} on disk: {@code metadata/} with class, id and parameters, as Spark ML has
 * them for its own stages, and {@code model/}, a model directory.
 */
final class StoredModel {
  private static final String METADATA = "/metadata";
  private static final String MODEL = "/model";
  private static final String PARAMETERS = "paramMap";
  private static final String DEFAULTS = "defaultParamMap";

  private StoredModel() {}

  /** Writes one. */
  static final class Writer extends MLWriter {
    private final UnrollModel model;

    Writer(UnrollModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(sparkSession().sparkContext());
      ObjectNode json =
          JsonNodeFactory.instance
              .objectNode()
              .put("class", UnrollModel.class.getName())
              .put("timestamp", System.currentTimeMillis())
              .put("sparkVersion", context.version())
              .put("uid", model.uid());
      ObjectNode parameters = json.putObject(PARAMETERS);
      for (Param<?> each : List.of(model.textCol(), model.output(), model.beam())) {
        if (model.isSet(each)) {
          parameters.putPOJO(each.name(), model.getOrDefault(each));
        }
      }
      json.putObject(DEFAULTS);
      context.parallelize(List.of(json.toString()), 1).saveAsTextFile(path + METADATA);
      new ModelExchange(context.hadoopConfiguration()).write(model.trained(), path + MODEL, false);
    }
  }

  /** Reads one. */
  static final class Reader extends MLReader<UnrollModel> {
    @Override
    public UnrollModel load(String path) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(sparkSession().sparkContext());
      JsonNode json = json(context.textFile(path + METADATA).first(), path);
      String type = json.path("class").asText();
      if (!type.equals(UnrollModel.class.getName())) {
        throw new DataException(
            "Cannot read %s: it is a %s (expected %s)"
                .formatted(path, type, UnrollModel.class.getName()));
      }
      Configuration hadoop = context.hadoopConfiguration();
      var model =
          new UnrollModel(json.path("uid").asText(), TrainedModel.read(path + MODEL, hadoop));
      JsonNode parameters = json.path(PARAMETERS);
      if (parameters.has("textCol")) {
        model.setTextCol(parameters.get("textCol").asText());
      }
      if (parameters.has("output")) {
        model.setOutput(parameters.get("output").asText());
      }
      if (parameters.has("beam")) {
        model.setBeam(parameters.get("beam").asInt());
      }
      return model;
    }

    private static JsonNode json(String text, String path) {
      try {
        return new ObjectMapper().readTree(text);
      } catch (JsonProcessingException e) {
        throw new DataException("Cannot read %s: its metadata is no JSON".formatted(path), e);
      }
    }
  }
}
