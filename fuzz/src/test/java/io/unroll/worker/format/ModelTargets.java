package io.unroll.worker.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.fuzz.Target;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parsers of a model's files. */
public final class ModelTargets {
  /** The model that parameters are read for. */
  public static final LanguageArchitecture TINY =
      new LanguageArchitecture(Cell.GRU, 3, 2, 2, 1, 0, false);

  /** Most data that follow a header made by the fuzzer. */
  private static final int MOST_DATA = 1 << 14;

  private static final Pattern LAST_OFFSET = Pattern.compile("(\\d{1,9})\\s*\\]\\s*\\}");

  private ModelTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of("safetensors", ModelTargets::tensors, FormatException.class),
        Target.of(
            "safetensors-header",
            ModelTargets::withLengthAndData,
            ModelTargets::tensors,
            FormatException.class),
        Target.of(
            "model-parameters",
            ModelTargets::withLengthAndData,
            ModelTargets::parameters,
            FormatException.class),
        Target.of("model-json", ModelTargets::description, FormatException.class));
  }

  /** Files as Unroll writes them, by target and name. */
  public static Map<String, byte[]> written() throws IOException {
    float[] parameters = new float[LanguageModel.layout(TINY).size()];
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    ModelFiles.writeParameters(model, TINY, parameters);
    ByteArrayOutputStream description = new ByteArrayOutputStream();
    ModelFiles.writeDescription(description, ModelDescription.ofTokens(TINY, "0".repeat(64)));
    List<NamedTensor> odd =
        List.of(
            new NamedTensor("scalar", new int[0], new float[] {Float.NaN}, 0),
            new NamedTensor("empty", new int[] {0, 3}, new float[0], 0),
            new NamedTensor("cube", new int[] {1, 2, 2}, new float[4], 0));
    ByteArrayOutputStream tensors = new ByteArrayOutputStream();
    SafeTensors.write(tensors, odd, Map.of("format", "pt", "ü", "\"\\"));
    return Map.of(
        "safetensors/written-model",
        model.toByteArray(),
        "safetensors/written-odd",
        tensors.toByteArray(),
        "safetensors-header/written-odd",
        header(odd),
        "model-parameters/written-model",
        headerOf(model.toByteArray()),
        "model-json/written-model",
        description.toByteArray());
  }

  /** The header of a file with these tensors. */
  public static byte[] header(List<NamedTensor> tensors) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    SafeTensors.write(file, tensors, Map.of());
    return headerOf(file.toByteArray());
  }

  private static byte[] headerOf(byte[] file) {
    int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return Arrays.copyOfRange(file, Long.BYTES, Long.BYTES + length);
  }

  /** A whole file of a header alone: its length before it, the data that it speaks of behind. */
  public static byte[] withLengthAndData(byte[] header) {
    int data = 0;
    Matcher ends = LAST_OFFSET.matcher(new String(header, StandardCharsets.ISO_8859_1));
    while (ends.find()) {
      data = Math.max(data, Math.min(MOST_DATA, Integer.parseInt(ends.group(1))));
    }
    return ByteBuffer.allocate(Long.BYTES + header.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }

  private static Target.Check tensors(byte[] file) throws IOException {
    SafeTensors.Contents read = read(file);
    return () -> {
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      SafeTensors.write(written, read.tensors(), read.metadata());
      SafeTensors.Contents again = read(written.toByteArray());
      assertEquals(read.metadata(), again.metadata());
      assertEquals(names(read), names(again));
      for (int x = 0; x < read.tensors().size(); x++) {
        assertArrayEquals(read.tensors().get(x).shape(), again.tensors().get(x).shape());
        assertSameBits(read.tensors().get(x).values(), again.tensors().get(x).values());
      }
    };
  }

  private static SafeTensors.Contents read(byte[] file) throws IOException {
    return SafeTensors.read(new ByteArrayInputStream(file), file.length, Target.FILE);
  }

  private static List<String> names(SafeTensors.Contents contents) {
    return contents.tensors().stream().map(NamedTensor::name).toList();
  }

  /** Not a NaN may change. */
  private static void assertSameBits(float[] expected, float[] found) {
    assertEquals(expected.length, found.length);
    for (int x = 0; x < expected.length; x++) {
      assertEquals(Float.floatToRawIntBits(expected[x]), Float.floatToRawIntBits(found[x]));
    }
  }

  private static Target.Check parameters(byte[] file) throws IOException {
    float[] read = readParameters(file);
    return () -> {
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      ModelFiles.writeParameters(written, TINY, read);
      assertSameBits(read, readParameters(written.toByteArray()));
    };
  }

  private static float[] readParameters(byte[] file) throws IOException {
    return ModelFiles.readParameters(
        new ByteArrayInputStream(file), file.length, Target.FILE, TINY);
  }

  private static Target.Check description(byte[] file) throws IOException {
    ModelDescription read = readDescription(file);
    return () -> {
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      ModelFiles.writeDescription(written, read);
      assertEquals(read, readDescription(written.toByteArray()));
    };
  }

  private static ModelDescription readDescription(byte[] file) throws IOException {
    return ModelFiles.readDescription(new ByteArrayInputStream(file), Target.FILE);
  }
}
