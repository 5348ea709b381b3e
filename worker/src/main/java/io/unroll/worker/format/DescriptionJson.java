package io.unroll.worker.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.LanguageModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** {@code model.json}, strictly: every field is there, once, and no other. */
final class DescriptionJson {
  static final int VERSION = 1;

  private static final String VERSION_KEY = "format-version";
  private static final String FINGERPRINT = "vocabulary-fingerprint";
  private static final Set<String> KEYS =
      Set.of(
          VERSION_KEY,
          "cell",
          "layers",
          "hidden",
          "embedding",
          "dropout",
          "tie-weights",
          "vocabulary",
          FINGERPRINT);

  /** Far more than a description ever needs. */
  private static final int MAX_BYTES = 1 << 16;

  /** Largest dimension that is believed; products of two stay below 2^63. */
  private static final int MAX_SIZE = 1 << 24;

  private static final int MAX_LAYERS = 1 << 10;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final ObjectNode json;
  private final String file;

  private DescriptionJson(ObjectNode json, String file) {
    this.json = json;
    this.file = file;
  }

  static void write(OutputStream out, ModelDescription description) throws IOException {
    Architecture architecture = description.architecture();
    ObjectNode json = JSON.createObjectNode();
    json.put(VERSION_KEY, VERSION);
    json.put("cell", architecture.cell().key());
    json.put("layers", architecture.layers());
    json.put("hidden", architecture.hidden());
    json.put("embedding", architecture.embedding());
    json.put("dropout", architecture.dropout());
    json.put("tie-weights", architecture.tieWeights());
    json.put("vocabulary", architecture.vocabulary());
    json.put(FINGERPRINT, description.vocabularyFingerprint());
    String text = json.toPrettyString().replace("\r\n", "\n") + "\n";
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  static ModelDescription read(InputStream in, String file) throws IOException {
    DescriptionJson reading = new DescriptionJson(object(in, file), file);
    reading.checkVersion();
    reading.checkKeys();
    try {
      Architecture architecture = reading.architecture();
      LanguageModel.layout(architecture);
      String fingerprint = reading.field(FINGERPRINT, JsonNode::isTextual, "a string").textValue();
      return new ModelDescription(architecture, fingerprint);
    } catch (IllegalArgumentException e) {
      throw new FormatException(file, e.getMessage());
    } catch (ArithmeticException e) {
      throw new FormatException(file, "its model has 2^31 parameters or more");
    }
  }

  private static ObjectNode object(InputStream in, String file) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new FormatException(
          file, String.format(Locale.ROOT, "it has more than %d bytes", MAX_BYTES));
    }
    try {
      // Decoded here, since Jackson would guess at UTF-16 and UTF-32.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new FormatException(file, "it is not valid JSON: " + JsonReason.of(e));
    } catch (CharacterCodingException e) {
      throw new FormatException(file, "it is not UTF-8");
    }
    throw new FormatException(file, "it is not a JSON object");
  }

  private void checkVersion() throws FormatException {
    JsonNode version = field(VERSION_KEY, JsonNode::isInt, "a whole number");
    if (version.intValue() != VERSION) {
      throw new FormatException(
          file,
          String.format(
              Locale.ROOT,
              "it has format version %d, but this program reads version %d",
              version.intValue(),
              VERSION));
    }
  }

  private void checkKeys() throws FormatException {
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!KEYS.contains(name)) {
        throw new FormatException(file, "field %s is unknown".formatted(name));
      }
    }
  }

  private Architecture architecture() throws FormatException {
    return new Architecture(
        Cell.of(field("cell", JsonNode::isTextual, "a string").textValue()),
        size("vocabulary", MAX_SIZE),
        size("embedding", MAX_SIZE),
        size("hidden", MAX_SIZE),
        size("layers", MAX_LAYERS),
        field("dropout", JsonNode::isNumber, "a number").doubleValue(),
        field("tie-weights", JsonNode::isBoolean, "true or false").booleanValue());
  }

  private int size(String name, int most) throws FormatException {
    Predicate<JsonNode> fits =
        node -> node.isInt() && node.intValue() >= 1 && node.intValue() <= most;
    return field(name, fits, "a whole number from 1 to " + most).intValue();
  }

  private JsonNode field(String name, Predicate<JsonNode> valid, String expected)
      throws FormatException {
    JsonNode node = json.get(name);
    if (node == null) {
      throw new FormatException(file, "field %s is missing".formatted(name));
    }
    if (!valid.test(node)) {
      throw new FormatException(
          file, "field %s is %s (expected %s)".formatted(name, node, expected));
    }
    return node;
  }
}
