package io.unroll.dataprep.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
  private static String what(byte[] beginning) {
    return Signature.of(beginning).map(Signature::what).orElse("text");
  }

  /** First bytes of files as their programs write them. */
  @ParameterizedTest
  @CsvSource({
    "1f8b0800000000000003, packed with gzip",
    "425a6839314159265359, packed with bzip2",
    "fd377a585a000004e6d6, packed with xz",
    "28b52ffd2461390b0000, packed with Zstandard",
    "04224d186440a73b0000, packed with LZ4",
    "377abcaf271c0004feb3, a 7z archive",
    "526172211a0701003392, a RAR archive",
    "50415231150415101514, a Parquet file",
    "255044462d312e370a25, a PDF document",
    "d0cf11e0a1b11ae10000, a document of an office program",
    "89504e470d0a1a0a0000, a PNG image",
    "ffd8ffe000104a464946, a JPEG image",
    "fffe0000680000006900, UTF-32 text",
    "fffe68006900, UTF-16 text",
    "feff00680069, UTF-16 text"
  })
  void namesWhatIsNoText(String beginning, String what) {
    assertEquals(what, what(HexFormat.of().parseHex(beginning)));
  }

  @Test
  void namesArchives() throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(zipped)) {
      zip.putNextEntry(new ZipEntry("a.txt"));
      zip.write("text".getBytes(UTF_8));
    }
    assertTrue(what(zipped.toByteArray()).startsWith("a ZIP archive"));
    byte[] tar = new byte[512];
    System.arraycopy("ustar".getBytes(UTF_8), 0, tar, 257, 5);
    assertEquals("a tar archive", what(tar));
  }

  @Test
  void namesUtf16WithoutAMark() {
    for (Charset charset : new Charset[] {UTF_16LE, UTF_16BE}) {
      assertTrue(what("Sein oder Nichtsein".getBytes(charset)).startsWith("full of NUL"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "B", "BZh", "PAR1 is a road", "PK", "Rar!", "MM", "II*", "a\0bcdefg"})
  void leavesTextAlone(String text) {
    assertEquals(Optional.empty(), Signature.of(text.getBytes(ISO_8859_1)));
  }
}
