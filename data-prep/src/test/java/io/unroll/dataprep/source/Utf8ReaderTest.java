package io.unroll.dataprep.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.tokenize.CodePoints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8ReaderTest {
  private static String read(byte[] bytes) throws IOException {
    var reader = new Utf8Reader(new ByteArrayInputStream(bytes), "x.txt", 0);
    var text = new StringBuilder();
    for (int point = reader.next(); point != CodePoints.END; point = reader.next()) {
      text.appendCodePoint(point);
    }
    assertEquals(bytes.length, reader.offset());
    return text.toString();
  }

  @Test
  void readsEveryCodePoint() throws IOException {
    var all = new StringBuilder();
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        all.appendCodePoint(point);
      }
    }
    String text = all.toString();
    assertEquals(text, read(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "6162FF, 2, FF",
    "80, 0, 80",
    "61C3, 1, C3",
    "61C328, 1, C3",
    "C0AF, 0, C0",
    "E08080, 0, E0",
    "61EDA080, 1, ED",
    "F08FBFBF, 0, F0",
    "F4908080, 0, F4",
    "F5808080, 0, F5",
    "E282, 0, E2",
    "C3A9C3A9F09F98, 4, F0"
  })
  void namesFileOffsetAndByteOfWhatIsMalformed(String hex, int offset, String octet) {
    var e = assertThrows(DataException.class, () -> read(HexFormat.of().parseHex(hex)));
    assertEquals(
        String.format(
            Locale.ROOT,
            "Cannot read x.txt: not UTF-8 at byte offset %d (0x%s; convert it to UTF-8)",
            offset,
            octet),
        e.getMessage());
  }

  @Test
  void recognizesUtf16() {
    var e =
        assertThrows(DataException.class, () -> read("hello".getBytes(StandardCharsets.UTF_16)));
    assertEquals(
        "Cannot read x.txt: not UTF-8 at byte offset 0 (0xFE; it looks like UTF-16; convert it)",
        e.getMessage());
  }

  @Test
  void agreesWithTheJdkOnRandomBytesOfSeed7() throws IOException {
    var random = new Random(7);
    byte[] octets = {'a', ' ', (byte) 0x80, (byte) 0xBF, (byte) 0xC3, (byte) 0xE2, (byte) 0xF0};
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(6)];
      for (int x = 0; x < bytes.length; x++) {
        bytes[x] = octets[random.nextInt(octets.length)];
      }
      String expected = decodeByJdk(bytes);
      if (expected == null) {
        assertThrows(DataException.class, () -> read(bytes));
      } else {
        assertEquals(expected, read(bytes));
      }
    }
  }

  private static String decodeByJdk(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
