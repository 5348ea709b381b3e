package io.unroll.dataprep.lines;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.unroll.dataprep.JsonReason;
import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.source.TextLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A JSON object in each line. Blank lines are passed over. */
final class JsonLines implements FieldReader {
  /** Names are not kept from file to file: enough that collide would spoil Jackson's table. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final TextLines lines;
  private final LineFormat format;

  JsonLines(TextLines lines, LineFormat format) {
    this.lines = lines;
    this.format = format;
  }

  @Override
  public Fields next() throws IOException, BadExample {
    String line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    if (line == null) {
      return null;
    }
    JsonNode object = parse(line);
    return new Fields(
        lines.number(),
        field(object, format.first()),
        field(object, format.second()),
        format.key().isEmpty() ? "" : field(object, format.key(), Fault.NO_KEY));
  }

  private JsonNode parse(String line) throws BadExample {
    String reason;
    try {
      JsonNode node = MAPPER.readTree(line);
      if (node.isObject()) {
        return node;
      }
      reason = "it is no object";
    } catch (JsonProcessingException e) {
      reason = JsonReason.of(e);
    }
    throw new BadExample(
        Fault.MALFORMED,
        lines.number(),
        "it is no JSON object: %s (expected one in each line; --skip-bad leaves such lines out)"
            .formatted(reason));
  }

  private String field(JsonNode object, LineFormat.Field field) throws BadExample {
    return field(object, field.column(), field.role().absent());
  }

  private String field(JsonNode object, String name, Fault fault) throws BadExample {
    JsonNode value = object.get(name);
    if (value != null && !value.isNull() && value.isValueNode()) {
      return value.asText();
    }
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    throw new BadExample(
        fault,
        lines.number(),
        "it has no %s '%s' (its fields are %s; --column chooses others, and --skip-bad leaves such lines out)"
            .formatted(
                value == null ? "field" : "text in its field", name, String.join(", ", names)));
  }
}
