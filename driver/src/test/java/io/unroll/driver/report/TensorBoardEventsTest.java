package io.unroll.driver.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.train.Histogram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class TensorBoardEventsTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_250L));
  private static final RoundMetrics ROUND =
      new RoundMetrics(
          300,
          400,
          2.5,
          600,
          2457600,
          1.5,
          0.25,
          0.75,
          0.125,
          0.002,
          50,
          0.5,
          1.25,
          81920,
          2.5,
          4.75,
          0.0625,
          Duration.ZERO);

  /** RFC 3720, appendix B.4: 32 bytes of zeros, of ones, and ascending. */
  @Test
  void computesCrcOfTheStandard() {
    assertEquals(masked(0x8a9136aa), TensorBoardEvents.maskedCrc(new byte[32]));
    byte[] ascending = new byte[32];
    for (int i = 0; i < 32; i++) {
      ascending[i] = (byte) i;
    }
    assertEquals(masked(0x46dd794e), TensorBoardEvents.maskedCrc(ascending));
    assertEquals(masked(0xe3069283), TensorBoardEvents.maskedCrc("123456789".getBytes(US_ASCII)));
  }

  private static int masked(int crc) {
    return (crc >>> 15 | crc << 17) + 0xa282ead8;
  }

  /** The first record of a file as TensorFlow 2 writes it, with our time. */
  @Test
  void beginsFileWithItsVersion() throws IOException {
    byte[] file = file(0, List.of());
    assertEquals(
        "1a00000000000000" // 26 bytes
            + "0900001040fc54d941" // field 1, fixed64: 1700000000.25
            + "1000" // field 2, varint: step 0
            + "1a0d627261696e2e4576656e743a32", // field 3: brain.Event:2
        HexFormat.of().formatHex(file, 0, 8) + HexFormat.of().formatHex(file, 12, 12 + 26));
  }

  @Test
  void tellsTensorBoardWhereResumedRunBegins() throws IOException {
    byte[] start = records(file(17, List.of())).get(1);
    assertArrayEquals(HexFormat.of().parseHex("0900001040fc54d941" + "1011" + "3a020801"), start);
  }

  @Test
  void writesScalarsOfRound() throws IOException {
    String record = text(records(file(0, List.of(ROUND))).get(2));
    for (String tag :
        List.of(
            "loss/train",
            "bits-per-char/train",
            "gradient/norm",
            "gradient/max-norm",
            "gradient/clipped-share",
            "progress/epoch",
            "progress/learning-rate",
            "progress/tokens-per-second",
            "progress/overhead-share")) {
      assertEquals(2, record.split(tag, -1).length, tag);
    }
    byte[] loss = HexFormat.of().parseHex("0a11" + "0a0a6c6f73732f747261696e" + "150000c03f");
    assertEquals(2, record.split(text(loss), -1).length, "loss/train = 1.5f");
    assertEquals(text(HexFormat.of().parseHex("10ac02")), record.substring(9, 12), "step 300");
  }

  @Test
  void writesPerplexityOfWords() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var events = TensorBoardEvents.open(name -> out, CLOCK, TokenUnit.WORD, 0)) {
      events.tell(new ValidationMetrics(1, 1, 4.5, 100, true, 1));
    }
    String record = text(records(out.toByteArray()).get(2));
    assertEquals(2, record.split("loss/valid", -1).length);
    assertEquals(2, record.split("perplexity/valid", -1).length);
    assertFalse(record.contains("bits-per-char"));
  }

  @Test
  void writesSampleAsTextThatMarkdownLeavesAlone() throws IOException {
    byte[] record = records(file(0, List.of(new SampleText(3, "# A", "\n<b>é")))).get(2);
    assertEquals(
        "\t\0\0\u0010@\u00fcT\u00d9A" // wall time
            + "\u0010\u0003" // step 3
            + "*2" // summary, 50 bytes
            + "\n0" // value, 48 bytes
            + "\n\u0006sample" // tag
            + "B\u001c" // tensor, 28 bytes
            + "\b\u0007" // of strings
            + "\u0012\u0004\u0012\u0002\b\u0001" // of shape [1]
            + "B\u0012    # A\n    <b>\u00c3\u00a9\n"
            + "J\b\n\u0006\n\u0004text", // metadata: plugin "text"
        text(record));
  }

  @Test
  void writesHistograms() throws IOException {
    var out = new ByteArrayOutputStream();
    double[] limits = {0.5, 2};
    double[] counts = {1, 3};
    try (var events = TensorBoardEvents.open(name -> out, CLOCK, TokenUnit.WORD, 0)) {
      events.histograms(
          3, "weights", List.of(new Histogram("w", -1, 2, 4, 1.5, 6, limits, counts)));
    }
    String record = text(records(out.toByteArray()).get(2));
    String histogram =
        "\u0009"
            + number(-1)
            + "\u0011"
            + number(2)
            + "\u0019"
            + number(4)
            + "!"
            + number(1.5)
            + ")"
            + number(6)
            + "2\u0010"
            + number(0.5)
            + number(2)
            + ":\u0010"
            + number(1)
            + number(3);
    assertTrue(record.contains("\n\tweights/w*" + (char) histogram.length() + histogram), record);
  }

  private static String number(double value) {
    byte[] bytes = new byte[8];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putDouble(value);
    return text(bytes);
  }

  @Test
  void namesFilesByTimeSoThatTensorBoardFindsAndSortsThem() throws IOException {
    var names = new ArrayList<String>();
    for (long millis : new long[] {999_999_999_999L, 1_700_000_000_250L}) {
      TensorBoardEvents.open(
              name -> {
                names.add(name);
                return new ByteArrayOutputStream();
              },
              InstantSource.fixed(Instant.ofEpochMilli(millis)),
              TokenUnit.WORD,
              0)
          .close();
    }
    assertEquals(
        List.of(
            "events.out.tfevents.0999999999.999.unroll",
            "events.out.tfevents.1700000000.250.unroll"),
        names);
  }

  private static byte[] file(int firstRound, List<RunEvent> told) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var events = TensorBoardEvents.open(name -> out, CLOCK, TokenUnit.CHARACTER, firstRound)) {
      for (RunEvent event : told) {
        events.tell(event);
      }
    }
    return out.toByteArray();
  }

  /** Takes a file apart as a reader does, checking both checksums of every record. */
  private static List<byte[]> records(byte[] file) {
    var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    var records = new ArrayList<byte[]>();
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      assertEquals(unmasked(in.getInt()), crc(length));
      byte[] data = new byte[(int) ByteBuffer.wrap(length).order(in.order()).getLong()];
      in.get(data);
      assertEquals(unmasked(in.getInt()), crc(data));
      records.add(data);
    }
    return records;
  }

  private static int unmasked(int masked) {
    int rotated = masked - 0xa282ead8;
    return rotated >>> 17 | rotated << 15;
  }

  private static int crc(byte[] data) {
    var crc = new CRC32C();
    crc.update(data);
    return (int) crc.getValue();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
