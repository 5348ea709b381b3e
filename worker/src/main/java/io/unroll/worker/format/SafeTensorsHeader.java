package io.unroll.worker.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The checked header of a safetensors file.
 *
 * @param metadata free strings of the writer
 * @param entries tensors in the order of their data, which they cover without gap or overlap
 */
record SafeTensorsHeader(Map<String, String> metadata, List<Entry> entries) {
  static final String METADATA = "__metadata__";

  /** The type that is written. */
  static final String TYPE = TensorType.F32.name();

  /** Names are not kept from file to file: enough that collide would spoil Jackson's table. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /**
   * Where a tensor lies, and as what.
   *
   * @param begin first byte, from the end of the header on
   * @param end after the last byte
   */
  record Entry(String name, TensorType type, int[] shape, long begin, long end) {
    int size() {
      return (int) ((end - begin) / type.bytes());
    }

    Entry renamed(String other) {
      return new Entry(other, type, shape, begin, end);
    }
  }

  /**
   * The same with other names of tensors.
   *
   * @param file name for messages
   * @throws FormatException naming both, if two tensors get one name
   */
  SafeTensorsHeader renamed(UnaryOperator<String> names, String file) throws FormatException {
    Map<String, String> originals = new HashMap<>();
    List<Entry> renamed = new ArrayList<>();
    for (Entry entry : entries) {
      String name = names.apply(entry.name);
      String other = originals.put(name, entry.name);
      if (other != null) {
        throw new FormatException(
            file, "tensors %s and %s would both be %s".formatted(other, entry.name, name));
      }
      renamed.add(entry.renamed(name));
    }
    return new SafeTensorsHeader(metadata, renamed);
  }

  /**
   * Parses and checks a header.
   *
   * @param json the header's bytes
   * @param dataLength bytes that follow the header in the file
   * @param file name for messages
   * @throws FormatException naming the tensor, if there is anything but tensors of the types of
   *     {@link TensorType} that cover the data exactly
   */
  static SafeTensorsHeader parse(byte[] json, long dataLength, String file) throws IOException {
    Parsing parsing = new Parsing(file);
    try (JsonParser parser = JSON.createParser(decode(json, file))) {
      parsing.header(parser);
    } catch (JsonProcessingException e) {
      throw new FormatException(file, "its header is not valid: " + JsonReason.of(e));
    }
    parsing.entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    checkCoverage(parsing.entries, dataLength, file);
    return new SafeTensorsHeader(parsing.metadata, parsing.entries);
  }

  private static String decode(byte[] json, String file) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException e) {
      throw new FormatException(file, "its header is not UTF-8");
    }
  }

  private static void checkCoverage(List<Entry> entries, long dataLength, String file)
      throws FormatException {
    long covered = 0;
    for (Entry entry : entries) {
      if (entry.begin != covered) {
        throw new FormatException(
            file,
            String.format(
                Locale.ROOT,
                "tensor %s begins at byte %d of the data, but the one before it ends at %d",
                entry.name,
                entry.begin,
                covered));
      }
      covered = entry.end;
    }
    if (covered != dataLength) {
      throw new FormatException(
          file,
          String.format(
              Locale.ROOT,
              "its tensors have %d bytes, but %d follow the header (%s)",
              covered,
              dataLength,
              covered > dataLength ? "truncated?" : "damaged?"));
    }
  }

  /** A walk over the header's JSON. */
  private static final class Parsing {
    private final String file;
    private final Map<String, String> metadata = new TreeMap<>();
    private final List<Entry> entries = new ArrayList<>();

    Parsing(String file) {
      this.file = file;
    }

    void header(JsonParser parser) throws IOException {
      expect(parser.nextToken() == JsonToken.START_OBJECT, "its header is not a JSON object");
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        if (name.equals(METADATA)) {
          metadata(parser);
        } else {
          entries.add(entry(name, parser));
        }
      }
      expect(parser.nextToken() == null, "there is more than one JSON object in its header");
    }

    private void metadata(JsonParser parser) throws IOException {
      expect(parser.nextToken() == JsonToken.START_OBJECT, "its metadata are not a JSON object");
      for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
        String value = parser.nextTextValue();
        expect(value != null, "its metadata %s are not a string", key);
        metadata.put(key, value);
      }
    }

    private Entry entry(String name, JsonParser parser) throws IOException {
      expect(parser.nextToken() == JsonToken.START_OBJECT, "tensor %s is not described", name);
      String type = null;
      long[] shape = null;
      long[] offsets = null;
      for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
        switch (key) {
          case "dtype" -> type = parser.nextTextValue();
          case "shape" -> shape = numbers(name, "shape", parser);
          case "data_offsets" -> offsets = numbers(name, "data_offsets", parser);
          default -> throw new FormatException(file, "tensor " + name + " has a field " + key);
        }
      }
      expect(type != null, "tensor %s has no dtype", name);
      Optional<TensorType> known = TensorType.of(type);
      expect(
          known.isPresent(),
          "tensor %s has dtype %s (expected one of %s)",
          name,
          type,
          TensorType.names());
      expect(shape != null, "tensor %s has no shape", name);
      expect(offsets != null && offsets.length == 2, "tensor %s lacks two data_offsets", name);
      return sized(name, known.orElseThrow(), shape, offsets[0], offsets[1]);
    }

    private long[] numbers(String name, String key, JsonParser parser) throws IOException {
      String message = "%s of tensor %s is not a list of whole numbers from 0 on";
      expect(parser.nextToken() == JsonToken.START_ARRAY, message, key, name);
      List<Long> numbers = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
        expect(
            whole && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER,
            message,
            key,
            name);
        expect(parser.getLongValue() >= 0, message, key, name);
        numbers.add(parser.getLongValue());
      }
      return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    private Entry sized(String name, TensorType type, long[] shape, long begin, long end)
        throws FormatException {
      long size = 1;
      int[] dimensions = new int[shape.length];
      for (int x = 0; x < shape.length; x++) {
        boolean fits =
            shape[x] <= Integer.MAX_VALUE
                && (shape[x] == 0 || size <= Integer.MAX_VALUE / shape[x]);
        expect(fits, "tensor %s has 2^31 elements or more", name);
        dimensions[x] = (int) shape[x];
        size *= shape[x];
      }
      boolean consistent = end >= begin && end - begin == size * type.bytes();
      expect(
          consistent,
          "tensor %s has %d elements, but bytes %d to %d of the data",
          name,
          size,
          begin,
          end);
      return new Entry(name, type, dimensions, begin, end);
    }

    @SuppressWarnings("AnnotateFormatMethod") // not worth a dependency on annotations
    private void expect(boolean condition, String message, Object... arguments)
        throws FormatException {
      if (!condition) {
        throw new FormatException(file, String.format(Locale.ROOT, message, arguments));
      }
    }
  }
}
