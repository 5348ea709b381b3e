package io.unroll.driver.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.DataException;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;

/**
 * A stage on disk: {@code metadata/} with class, id and parameters, as Spark ML has them for its
 * own stages, and beside it what else the stage has.
 */
final class StoredStage {
  private static final String METADATA = "/metadata";
  private static final String PARAMETERS = "paramMap";
  private static final String DEFAULTS = "defaultParamMap";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private StoredStage() {}

  /** Writes what a stage has beside its parameters. */
  @FunctionalInterface
  interface Content {
    /** Nothing. */
    Content NONE = (context, path) -> {};

    /** Writes it into a folder. */
    void write(JavaSparkContext context, String path);
  }

  /** Writes one. */
  static final class Writer extends MLWriter {
    private final Params stage;
    private final Content content;

    Writer(Params stage, Content content) {
      this.stage = stage;
      this.content = content;
    }

    @Override
    public void saveImpl(String path) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(sparkSession().sparkContext());
      ObjectNode json =
          JsonNodeFactory.instance
              .objectNode()
              .put("class", stage.getClass().getName())
              .put("timestamp", System.currentTimeMillis())
              .put("sparkVersion", context.version())
              .put("uid", stage.uid());
      putParameters(json.putObject(PARAMETERS));
      json.putObject(DEFAULTS);
      context.parallelize(List.of(json.toString()), 1).saveAsTextFile(path + METADATA);
      content.write(context, path);
    }

    private void putParameters(ObjectNode parameters) {
      for (Param<?> each : stage.params()) {
        if (stage.isSet(each)) {
          parameters.set(each.name(), json(encoded(each), "the value of " + each.name()));
        }
      }
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // a value that was set is of the type of its own
    private String encoded(Param each) {
      return each.jsonEncode(stage.getOrDefault(each));
    }
  }

  /** Reads one. */
  static final class Reader<T extends Params> extends MLReader<T> {
    private final Class<T> type;
    private final BiFunction<JavaSparkContext, Stored, T> make;

    /**
     * @param make makes the stage, whose parameters are set afterwards
     */
    Reader(Class<T> type, BiFunction<JavaSparkContext, Stored, T> make) {
      this.type = type;
      this.make = make;
    }

    @Override
    public T load(String path) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(sparkSession().sparkContext());
      JsonNode json = json(context.textFile(path + METADATA).first(), path);
      String found = json.path("class").asText();
      if (!found.equals(type.getName())) {
        throw new DataException(
            "Cannot read %s: it is a %s (expected %s)".formatted(path, found, type.getName()));
      }
      T stage = make.apply(context, new Stored(path, json.path("uid").asText()));
      json.path(PARAMETERS)
          .properties()
          .forEach(each -> set(stage, each.getKey(), each.getValue(), path));
      return stage;
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // the value is decoded by its own parameter
    private void set(T stage, String name, JsonNode value, String path) {
      if (!stage.hasParam(name)) {
        throw new DataException(
            "Cannot read %s: its parameter %s is unknown to this version".formatted(path, name));
      }
      Param param = stage.getParam(name);
      stage.set(param, param.jsonDecode(value.toString()));
    }
  }

  /** Where a stage is stored, and its id. */
  record Stored(String path, String uid) {}

  private static JsonNode json(String text, String what) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new DataException("Cannot read %s: it is no JSON".formatted(what), e);
    }
  }
}
