package io.unroll.driver.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.driver.model.ForeignFormat;
import io.unroll.fuzz.Target;
import io.unroll.worker.format.FormatException;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.util.ModelSerializer;

/** The parsers of Deeplearning4j's zips: of the zip, and of each of the two files in it. */
public final class Dl4jTargets {
  private static final LanguageArchitecture TINY =
      new LanguageArchitecture(Cell.LSTM, 3, 2, 2, 1, 0, false);
  private static final Map<String, byte[]> ENTRIES = entries(zip());

  /** For trees of the largest configuration, however small it is packed: measured, 46 MiB. */
  private static final long MAPPER = 64 << 20;

  private Dl4jTargets() {}

  public static List<Target> all() {
    return List.of(
        target("dl4j-zip", null),
        target("dl4j-configuration", ModelSerializer.CONFIGURATION_JSON),
        target("dl4j-coefficients", ModelSerializer.COEFFICIENTS_BIN));
  }

  /** The fuzzer's bytes take the place of an entry, so that it need not find its checksum. */
  private static Target target(String name, String entry) {
    return new Target(
        name,
        bytes -> entry == null ? bytes : zipWith(entry, bytes),
        Dl4jTargets::read,
        Set.of(FormatException.class),
        Target.FILE,
        MAPPER);
  }

  /** Files as Deeplearning4j writes them, by target and name. */
  public static Map<String, byte[]> written() {
    return Map.of(
        "dl4j-zip/written-model",
        zip(),
        "dl4j-configuration/written-model",
        ENTRIES.get(ModelSerializer.CONFIGURATION_JSON),
        "dl4j-coefficients/written-model",
        ENTRIES.get(ModelSerializer.COEFFICIENTS_BIN));
  }

  private static Target.Check read(byte[] file) throws IOException {
    ForeignFormat.Content read = content(file);
    return () -> {
      ForeignFormat.Content again = content(write(read));
      assertEquals(read.architecture(), again.architecture());
      assertArrayEquals(withoutSignOfZero(read), withoutSignOfZero(again));
    };
  }

  /** A bias is written as the sum of two: -0 + 0 = 0. */
  private static float[] withoutSignOfZero(ForeignFormat.Content content) {
    float[] parameters = content.parameters().clone();
    for (int x = 0; x < parameters.length; x++) {
      parameters[x] += 0f;
    }
    return parameters;
  }

  private static ForeignFormat.Content content(byte[] file) throws IOException {
    return new Dl4jFormat().read(new ByteArrayInputStream(file), file.length, Target.FILE);
  }

  private static byte[] zip() {
    return write(new ForeignFormat.Content(TINY, new float[LanguageModel.layout(TINY).size()]));
  }

  private static byte[] write(ForeignFormat.Content content) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      new Dl4jFormat().write(content, out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> entries(byte[] zip) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  private static byte[] zipWith(String name, byte[] bytes) {
    Map<String, byte[]> entries = new LinkedHashMap<>(ENTRIES);
    entries.put(name, bytes);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(file)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }
}
