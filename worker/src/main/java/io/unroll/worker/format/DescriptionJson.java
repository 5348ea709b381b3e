package io.unroll.worker.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.worker.model.LanguageArchitecture;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * {@code model.json}, strictly: every field is there, once, and no other. Version 1 has the
 * language models that earlier programs know ({@link FlatDescription}), version 2 all others
 * ({@link NestedDescription}).
 */
final class DescriptionJson {
  private static final String VERSION = "format-version";

  /** Far more than a description ever needs. */
  private static final int MAX_BYTES = 1 << 16;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private DescriptionJson() {}

  static void write(OutputStream out, ModelDescription description) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    if (description.architecture() instanceof LanguageArchitecture architecture
        && FlatDescription.has(architecture)) {
      json.put(VERSION, 1);
      FlatDescription.write(architecture, description, json);
    } else {
      json.put(VERSION, 2);
      NestedDescription.write(description, json);
    }
    String text = json.toPrettyString().replace("\r\n", "\n") + "\n";
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  static ModelDescription read(InputStream in, String file) throws IOException {
    StrictObject json = new StrictObject(object(in, file), file, "");
    int version = json.version(VERSION);
    if (version != 1 && version != 2) {
      throw new FormatException(
          file,
          String.format(
              Locale.ROOT,
              "it has format version %d, but this program reads versions 1 and 2",
              version));
    }
    try {
      ModelDescription description =
          version == 1 ? FlatDescription.read(json) : NestedDescription.read(json);
      description.architecture().layout();
      return description;
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
}
