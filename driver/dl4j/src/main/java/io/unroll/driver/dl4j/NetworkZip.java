package io.unroll.driver.dl4j;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.unroll.dataprep.JsonReason;
import io.unroll.worker.format.FormatException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.util.ModelSerializer;

/**
 * What a zip of Deeplearning4j holds of a network. It is not read by {@link ModelSerializer}, which
 * builds any Java object that the file describes, takes memory as the file claims, and would hide
 * what changes the network's input.
 *
 * @param configuration of a MultiLayerNetwork
 * @param coefficients its parameters, in one row
 */
record NetworkZip(MultiLayerConfiguration configuration, float[] coefficients) {
  /** Room for hundreds of layers; trees of it take up to 92 bytes for a byte. */
  private static final int LARGEST_CONFIGURATION = 1 << 19;

  /**
   * Of two names of one class, Deeplearning4j takes the first, a tree the last. Names are not kept
   * from file to file: enough that collide would spoil Jackson's table.
   */
  private static final ObjectMapper STRICT =
      new ObjectMapper(
          JsonFactory.builder()
              .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .build());

  /** How much more than its length a file may unpack to; numbers hardly shrink. */
  private static final int LARGEST_RATIO = 16;

  private static final int ALWAYS_ALLOWED = 1 << 20;

  /** What comes before a network's input, and is no part of a model of Unroll's. */
  private static final List<String> INPUT_CHANGES =
      List.of(ModelSerializer.NORMALIZER_BIN, ModelSerializer.PREPROCESSOR_BIN);

  /** The only classes that a configuration may name. */
  private static final List<String> PACKAGES =
      List.of("org.deeplearning4j.", "org.nd4j.", NetworkZip.class.getPackageName() + ".");

  static NetworkZip read(InputStream in, long length, String file) throws IOException {
    MultiLayerConfiguration configuration = null;
    float[] coefficients = null;
    long limit = LARGEST_RATIO * length + ALWAYS_ALLOWED;
    ZipInputStream zip = new ZipInputStream(in);
    try {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (INPUT_CHANGES.contains(name)) {
          throw new FormatException(
              file, "it has %s, which changes the network's input".formatted(name));
        }
        if (name.equals(ModelSerializer.CONFIGURATION_JSON)) {
          requireFirst(configuration, name, file);
          configuration = configuration(zip, file);
        } else if (name.equals(ModelSerializer.COEFFICIENTS_BIN)) {
          requireFirst(coefficients, name, file);
          coefficients = Coefficients.read(zip, limit, file);
        }
      }
    } catch (ZipException
        | EOFException
        | IllegalArgumentException damage) { // the latter for a malformed name
      throw new FormatException(file, "it is no zip, or damaged: " + damage.getMessage());
    }
    require(configuration, ModelSerializer.CONFIGURATION_JSON, file);
    require(coefficients, ModelSerializer.COEFFICIENTS_BIN, file);
    return new NetworkZip(configuration, coefficients);
  }

  private static void requireFirst(Object before, String name, String file) throws FormatException {
    if (before != null) {
      throw new FormatException(file, name + " is there twice");
    }
  }

  private static void require(Object part, String name, String file) throws FormatException {
    if (part == null) {
      throw new FormatException(
          file,
          "it has no %s (expected a zip of Deeplearning4j's ModelSerializer)".formatted(name));
    }
  }

  private static MultiLayerConfiguration configuration(InputStream in, String file)
      throws IOException {
    byte[] json = in.readNBytes(LARGEST_CONFIGURATION + 1);
    if (json.length > LARGEST_CONFIGURATION) {
      throw refused(
          file, String.format(Locale.ROOT, "it has more than %d bytes", LARGEST_CONFIGURATION));
    }
    String text = new String(json, StandardCharsets.UTF_8);
    try {
      check(STRICT.readTree(text), file);
    } catch (JsonProcessingException malformed) {
      throw refused(file, JsonReason.of(malformed));
    }
    try {
      return MultiLayerConfiguration.fromJson(text);
    } catch (RuntimeException malformed) { // Deeplearning4j throws any
      throw refused(file, String.valueOf(malformed.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static void check(JsonNode json, String file) throws FormatException {
    if (json.has("networkInputs") || json.has("vertices")) {
      throw refused(file, "it is of a ComputationGraph (expected a MultiLayerNetwork)");
    }
    if (!json.path("confs").isArray()) {
      throw refused(file, "it has no list confs (expected a MultiLayerNetwork)");
    }
    for (String name : json.findValuesAsText("@class")) {
      if (PACKAGES.stream().noneMatch(name::startsWith)) {
        throw refused(file, "it names the class %s, which is not Deeplearning4j's".formatted(name));
      }
    }
  }

  private static FormatException refused(String file, String why) {
    return new FormatException(
        file, "cannot use %s: %s".formatted(ModelSerializer.CONFIGURATION_JSON, why));
  }
}
