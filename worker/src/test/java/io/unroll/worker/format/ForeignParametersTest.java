package io.unroll.worker.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.ParameterLayout.Tensor;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters as users of PyTorch save them: other types, wrapped modules, numbers gone wrong. */
class ForeignParametersTest {
  private static final LanguageArchitecture TIED = ExampleModels.architectures().get("lstm-tied");
  private static final ParameterLayout LAYOUT = LanguageModel.layout(TIED);

  /** Numbers that every type holds exactly: eighths from -16 on. */
  private static float[] eighths() {
    float[] parameters = new float[LAYOUT.size()];
    for (int x = 0; x < parameters.length; x++) {
      parameters[x] = x % 256 / 8f - 16;
    }
    return parameters;
  }

  private static byte[] file(TensorType type, UnaryOperator<String> names, double[] values) {
    List<String> entries = new ArrayList<>();
    for (Tensor tensor : LAYOUT.tensors()) {
      String shape =
          tensor.columns() == 0 ? "" + tensor.rows() : tensor.rows() + "," + tensor.columns();
      int begin = tensor.offset() * type.bytes();
      entries.add(
          String.format(
              Locale.ROOT,
              "\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}",
              names.apply(tensor.name()),
              type,
              shape,
              begin,
              begin + tensor.size() * type.bytes()));
    }
    byte[] header = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(Long.BYTES + header.length + values.length * type.bytes())
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header);
    for (double value : values) {
      put(file, type, value);
    }
    return file.array();
  }

  private static void put(ByteBuffer file, TensorType type, double value) {
    switch (type) {
      case F32 -> file.putFloat((float) value);
      case F64 -> file.putDouble(value);
      case BF16 -> file.putShort((short) (Float.floatToRawIntBits((float) value) >>> 16));
      case F16 -> file.putShort(half(value));
    }
  }

  /** The half that equals a number, found by trying all. */
  private static short half(double value) {
    for (int bits = 0; bits < 1 << 16; bits++) {
      if (valueOfHalf(bits) == value) {
        return (short) bits;
      }
    }
    throw new IllegalArgumentException("No half equals " + value);
  }

  /** IEEE 754-2019, 3.4, in doubles. */
  private static double valueOfHalf(int bits) {
    double sign = bits >> 15 == 0 ? 1 : -1;
    int exponent = bits >> 10 & 31;
    int fraction = bits & 1023;
    if (exponent == 31) {
      return fraction == 0 ? sign / 0 : Double.NaN;
    }
    return exponent == 0
        ? sign * Math.scalb(fraction / 1024.0, -14)
        : sign * Math.scalb(1 + fraction / 1024.0, exponent - 15);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int x = 0; x < values.length; x++) {
      doubles[x] = values[x];
    }
    return doubles;
  }

  private static float[] read(byte[] file) throws IOException {
    return ModelFiles.readParameters(
        new ByteArrayInputStream(file), file.length, "model.safetensors", TIED);
  }

  private static void assertRefused(String why, byte[] file) {
    FormatException error = assertThrows(FormatException.class, () -> read(file));
    assertEquals("Cannot read model.safetensors: " + why, error.getMessage());
  }

  @ParameterizedTest
  @EnumSource(TensorType.class)
  void convertsEveryTypeToFloats(TensorType type) throws IOException {
    float[] expected = eighths();
    assertArrayEquals(expected, read(file(type, name -> name, doubles(expected))));
  }

  @Test
  void everyHalfBecomesTheFloatThatEqualsIt() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      assertEquals((float) valueOfHalf(bits), TensorType.ofHalf((short) bits), "half " + bits);
    }
  }

  @Test
  void roundsDoublesToTheNearestFloat() throws IOException {
    double[] values = doubles(eighths());
    values[0] = 0.1;
    values[1] = 1e-300;
    float[] read = read(file(TensorType.F64, name -> name, values));
    assertEquals(0.1f, read[0]);
    assertEquals(0f, read[1]);
  }

  @Test
  void refusesDoublesBeyondTheRangeOfFloats() {
    double[] values = doubles(eighths());
    int at = LAYOUT.tensor("rnn.weight_hh_l0").offset() + 4 * 3 + 2;
    values[at] = -1e39;
    assertRefused(
        "element [3, 2] of tensor rnn.weight_hh_l0 is -1.0E39, beyond the range of float32",
        file(TensorType.F64, name -> name, values));
  }

  @ParameterizedTest
  @CsvSource({
    "F32, NaN",
    "F32, Infinity",
    "F32, -Infinity",
    "F64, NaN",
    "F64, Infinity",
    "BF16, -Infinity"
  })
  void refusesParametersThatAreNotFinite(TensorType type, double value) {
    double[] values = doubles(eighths());
    values[LAYOUT.tensor("output.bias").offset() + 7] = value;
    values[values.length - 1] = Double.NaN;
    assertRefused(
        "element [7] of tensor output.bias is " + value + " (expected finite parameters)",
        file(type, name -> name, values));
  }

  @ParameterizedTest
  @ValueSource(strings = {"module.", "_orig_mod.", "module._orig_mod.", "_orig_mod.module."})
  void takesOffThePrefixesOfWrappers(String prefix) throws IOException {
    float[] expected = eighths();
    byte[] file = file(TensorType.F32, prefix::concat, doubles(expected));
    assertArrayEquals(expected, read(file));
  }

  @Test
  void refusesNamesThatAreEqualWithoutTheirPrefixes() {
    UnaryOperator<String> names =
        name ->
            switch (name) {
              case "output.bias" -> "module.rnn.bias_ih_l0";
              default -> name;
            };
    assertRefused(
        "tensors rnn.bias_ih_l0 and module.rnn.bias_ih_l0 would both be rnn.bias_ih_l0",
        file(TensorType.F32, names, doubles(eighths())));
  }

  @Test
  void keepsOtherPrefixesAsTheyAre() {
    assertRefused(
        "tensor model.embedding.weight is not part of the model's architecture",
        file(TensorType.F32, "model."::concat, doubles(eighths())));
  }
}
