package io.unroll.worker.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {
  private static final String ONE = "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}";

  private static byte[] written(List<NamedTensor> tensors, Map<String, String> metadata)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafeTensors.write(out, tensors, metadata);
    return out.toByteArray();
  }

  /** A file of a header, written with single quotes, and zeros as data. */
  private static byte[] file(String header, int dataBytes) {
    byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  private static SafeTensors.Contents read(byte[] file) throws IOException {
    return SafeTensors.read(new ByteArrayInputStream(file), file.length, "x.safetensors");
  }

  private static void assertRefused(String why, byte[] file) {
    FormatException error = assertThrows(FormatException.class, () -> read(file));
    assertEquals("Cannot read x.safetensors: " + why, error.getMessage());
  }

  @Test
  void readsWhatItWrote() throws IOException {
    float[] values = {9f, 1f, -2f, Float.MIN_VALUE, -0f, Float.NaN, Float.NEGATIVE_INFINITY};
    float[] many = new float[100_001];
    for (int x = 0; x < many.length; x++) {
      many[x] = x * 0.37f;
    }
    List<NamedTensor> tensors =
        List.of(
            new NamedTensor("b", new int[] {2, 3}, values, 1),
            new NamedTensor("none", new int[] {0, 5}, new float[0], 0),
            new NamedTensor("a \"quoted\" ä", new int[] {many.length}, many, 0),
            new NamedTensor("scalar", new int[0], values, 0));
    SafeTensors.Contents contents = read(written(tensors, Map.of("k", "v")));
    assertEquals(Map.of("k", "v"), contents.metadata());
    assertEquals(4, contents.tensors().size());
    for (int x = 0; x < 4; x++) {
      NamedTensor expected = tensors.get(x);
      NamedTensor actual = contents.tensors().get(x);
      int from = expected.offset();
      assertEquals(expected.name(), actual.name());
      assertArrayEquals(expected.shape(), actual.shape());
      assertArrayEquals(
          Arrays.copyOfRange(expected.values(), from, from + expected.size()), actual.values());
    }
  }

  @Test
  void writesTheBytesOfTheFormat() throws IOException {
    byte[] bytes =
        written(
            List.of(new NamedTensor("t", new int[] {1, 2}, new float[] {1f, -2f}, 0)),
            Map.of("format", "pt"));
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"t\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
    int length = bytes.length - 8 - 8;
    assertEquals(length, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong());
    assertEquals(0, (8 + length) % 8);
    assertEquals(header, new String(bytes, 8, length, StandardCharsets.UTF_8).stripTrailing());
    assertArrayEquals(
        new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0},
        Arrays.copyOfRange(bytes, bytes.length - 8, bytes.length));
  }

  @Test
  void ordersTensorsByTheirDataNotByTheHeader() throws IOException {
    String header =
        "{'b':{'dtype':'F32','shape':[1],'data_offsets':[8,12]},"
            + "'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}  ";
    List<NamedTensor> tensors = read(file(header, 12)).tensors();
    assertEquals("a", tensors.get(0).name());
    assertEquals("b", tensors.get(1).name());
  }

  @Test
  void readsAFileWithoutTensors() throws IOException {
    assertEquals(List.of(), read(file("{}", 0)).tensors());
  }

  /** Descriptions of one tensor; the data have 8 bytes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                                       | its header is not a JSON object
          {} {}                                                    | there is more than one JSON object in its header
          {'a':3}                                                  | tensor a is not described
          {'a':{'shape':[2],'data_offsets':[0,8]}}                 | tensor a has no dtype
          {'a':{'dtype':'F32','data_offsets':[0,8]}}               | tensor a has no shape
          {'a':{'dtype':'F32','shape':[2]}}                        | tensor a lacks two data_offsets
          {'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}}     | tensor a lacks two data_offsets
          {'a':{'dtype':'I32','shape':[2],'data_offsets':[0,8]}}   | tensor a has dtype I32 (expected one of F32, F16, BF16, F64)
          {'a':{'dtype':'F16','shape':[2],'data_offsets':[0,8]}}   | tensor a has 2 elements, but bytes 0 to 8 of the data
          {'a':{'dtype':1,'shape':[4],'data_offsets':[0,8]}}       | tensor a has no dtype
          {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':1}} | tensor a has a field x
          {'a':{'dtype':'F32','shape':'2','data_offsets':[0,8]}}   | shape of tensor a is not a list of whole numbers from 0 on
          {'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}} | shape of tensor a is not a list of whole numbers from 0 on
          {'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}  | shape of tensor a is not a list of whole numbers from 0 on
          {'a':{'dtype':'F32','shape':[[2]],'data_offsets':[0,8]}} | shape of tensor a is not a list of whole numbers from 0 on
          {'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]}} | shape of tensor a is not a list of whole numbers from 0 on
          {'a':{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,8]}} | tensor a has 2^31 elements or more
          {'a':{'dtype':'F32','shape':[9223372036854775807,2],'data_offsets':[0,8]}} | tensor a has 2^31 elements or more
          {'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}   | tensor a has 3 elements, but bytes 0 to 8 of the data
          {'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}   | tensor a has 2 elements, but bytes 8 to 0 of the data
          {'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}   | tensor a begins at byte 4 of the data, but the one before it ends at 0
          {'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}}  | its tensors have 12 bytes, but 8 follow the header (truncated?)
          {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}   | its tensors have 4 bytes, but 8 follow the header (damaged?)
          {'__metadata__':{'k':1}}                                 | its metadata k are not a string
          {'__metadata__':[]}                                      | its metadata are not a JSON object
          """)
  void refusesAWrongHeader(String header, String why) {
    assertRefused(why, file(header, 8));
  }

  @Test
  void refusesOverlappingTensors() {
    String header =
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
            + "'b':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}";
    assertRefused(
        "tensor b begins at byte 4 of the data, but the one before it ends at 8", file(header, 12));
  }

  @Test
  void refusesDuplicateNames() {
    String a = "'a':{'dtype':'F32','shape':[1],'data_offsets':[%s]}";
    byte[] file = file("{" + a.formatted("0,4") + "," + a.formatted("4,8") + "}", 8);
    assertRefused("its header is not valid: Duplicate field 'a'", file);
  }

  @Test
  void refusesHeadersThatAreNotJson() {
    FormatException broken = assertThrows(FormatException.class, () -> read(file("{'a':", 0)));
    assertTrue(
        broken.getMessage().startsWith("Cannot read x.safetensors: its header is not valid: "),
        broken.getMessage());
    byte[] invalid = file("{'a'}", 0);
    invalid[10] = (byte) 0xff;
    assertRefused("its header is not UTF-8", invalid);
    assertThrows(FormatException.class, () -> read(file("[".repeat(100_000), 0)));
    String nested = "{'a':{'dtype':'F32','shape':" + "[".repeat(100_000) + "}}";
    assertThrows(FormatException.class, () -> read(file(nested, 0)));
  }

  @Test
  void refusesHeaderLengthsBeyondTheFileOrTheLimit() {
    assertRefused("it has 5 bytes, too few for a header", new byte[5]);
    byte[] file = file(ONE, 8);
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(0, 1000);
    assertRefused("it ends within its header of 1000 bytes (truncated?)", file);
    buffer.putLong(0, (16 << 20) + 1);
    assertRefused("it says that its header has 16777217 bytes (expected at most 16777216)", file);
    buffer.putLong(0, -1);
    assertRefused(
        "it says that its header has 18446744073709551615 bytes (expected at most 16777216)", file);
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    byte[] whole =
        written(List.of(new NamedTensor("a", new int[] {3}, new float[3], 0)), Map.of("k", "v"));
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      FormatException error = assertThrows(FormatException.class, () -> read(part));
      assertTrue(error.getMessage().startsWith("Cannot read x.safetensors: it"), "at " + length);
    }
  }

  @Test
  void refusesAStreamShorterOrLongerThanItsLength() {
    byte[] file = file(ONE, 8);
    byte[] shorter = Arrays.copyOf(file, file.length - 1);
    FormatException truncated =
        assertThrows(
            FormatException.class,
            () -> SafeTensors.read(new ByteArrayInputStream(shorter), file.length, "x"));
    assertEquals("Cannot read x: it ends within tensor a (truncated?)", truncated.getMessage());
    byte[] longer = Arrays.copyOf(file, file.length + 1);
    FormatException trailing =
        assertThrows(
            FormatException.class,
            () -> SafeTensors.read(new ByteArrayInputStream(longer), file.length, "x"));
    assertEquals("Cannot read x: there are bytes after its last tensor", trailing.getMessage());
  }

  @Test
  void refusesToViewATensorOutsideItsValues() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new NamedTensor("t", new int[] {2, 3}, new float[6], 1));
    assertEquals(
        "Cannot view tensor t of shape [2, 3] at offset 1: there are 6 values", error.getMessage());
  }
}
