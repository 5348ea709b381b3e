package io.unroll.dataprep.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.dataprep.examples.BadExample;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines with the vectors of an image, right and wrong. */
class LineParserTest {
  private static String base64(float... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      bytes.putFloat(number);
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static void assertVectors(ImageVectors found, long image, int size, float... values) {
    assertEquals(image, found.image());
    assertEquals(size, found.size());
    assertArrayEquals(values, found.values());
  }

  @Test
  void readsNumbers() throws BadExample {
    assertVectors(new NumberLines().parse("9\t.5\t-1\t2e-1", 1), 9, 3, 0.5f, -1f, 0.2f);
  }

  @Test
  void readsClassesAsOneVectorOrAsASet() throws BadExample {
    assertVectors(new ClassLines(4, false).parse("7\t3,0", 1), 7, 4, 1, 0, 0, 1);
    assertVectors(new ClassLines(4, true).parse("7\t3,0", 1), 7, 4, 1, 0, 0, 0, 0, 0, 0, 1);
    assertVectors(new ClassLines(2, false).parse("7\t", 1), 7, 2, 0, 0);
  }

  @Test
  void readsBoxesWithTheirFeatures() throws BadExample {
    String line =
        "8\t640\t480\t2\t" + base64(0, 0, 1, 1, 0, 0, 2, 2) + "\t" + base64(1, 2, 3, 4, 5, 6);
    assertVectors(new BottomUpLines().parse(line, 1), 8, 3, 1, 2, 3, 4, 5, 6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "9 | it has 1 fields with tabs between (expected an image id and numbers)",
        "x9>1 | 'x9' is no image id (expected a whole number first)",
        "1234567890123456789>1 | '1234567890123456789' is no image id (expected a whole number"
            + " first)",
        "-1>1 | '-1' is no image id (expected a whole number first)",
        "9>1>NaN | number 2 of image id 9 is 'NaN' (expected a finite one)",
        "9>Infinity | number 1 of image id 9 is 'Infinity' (expected a finite one)",
        "9>1f | number 1 of image id 9 is '1f' (expected a finite one)",
        "9>0x1p3 | number 1 of image id 9 is '0x1p3' (expected a finite one)",
        "9>1>>2 | number 2 of image id 9 is '' (expected a finite one)"
      })
  void refusesLinesThatAreNoNumbers(String line, String message) {
    assertRefused(new NumberLines(), line, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "9 | it has 1 fields with tabs between (expected an image id and numbers of classes)",
        "9>1>2 | it has 3 fields with tabs between (expected an image id and numbers of classes)",
        "9>4 | '4' is no class (expected numbers from 0 to 3, with commas between)",
        "9>-1 | '-1' is no class (expected numbers from 0 to 3, with commas between)",
        "9>dog | 'dog' is no class (expected numbers from 0 to 3, with commas between)",
        "9>1,,2 | '' is no class (expected numbers from 0 to 3, with commas between)",
        "9>1,2,1 | class 1 is there twice"
      })
  void refusesLinesThatAreNoClasses(String line, String message) {
    assertRefused(new ClassLines(4, false), line, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "8>1>1>1>AAAA | it has 5 fields with tabs between (expected image_id, image_w, image_h,"
            + " num_boxes, boxes, features)",
        "8>1>1>0>>AAAAAA== | '0' is no number of boxes (expected at least 1)",
        "8>1>1>one>>AAAAAA== | 'one' is no number of boxes (expected at least 1)",
        "8>1>1>1>AAAAAA==>AAAAAA== | its boxes have 1 numbers for 1 boxes (expected 4 for each)",
        "8>1>1>1>b'AA'>AAAA | its boxes are no base64 (b'AA')",
        "8>1>1>1>AAAAAAAAAAAAAAAAAAAAAA==>AAAA | its features have 3 bytes (expected float32, 4"
            + " bytes each)",
        "8>1>1>1>AAAAAAAAAAAAAAAAAAAAAA==> | its features have 0 numbers for 1 boxes (expected as"
            + " many for each)",
        "8>1>1>999999999999999999>AAAA>AAAA | its boxes have 3 bytes (expected float32, 4 bytes"
            + " each)"
      })
  void refusesLinesThatAreNoBoxes(String line, String message) {
    assertRefused(new BottomUpLines(), line, message);
  }

  @Test
  void refusesFeaturesThatAreNotAsManyForEachBox() {
    String line = "8\t1\t1\t2\t" + base64(0, 0, 1, 1, 0, 0, 2, 2) + "\t" + base64(1, 2, 3);
    assertRefused(
        new BottomUpLines(),
        line,
        "its features have 3 numbers for 2 boxes (expected as many for each)");
  }

  private static void assertRefused(LineParser parser, String line, String message) {
    var bad = assertThrows(BadExample.class, () -> parser.parse(line.replace('>', '\t'), 5));
    assertEquals(message, bad.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "3 | 1 2 3 4 | image id 6 has vectors of 3 numbers (expected 2, as the first image has)",
        "2 | \"\" | image id 6 has no vector (expected at least one)",
        "2 | 1 Infinity | number 2 of image id 6 is Infinity (expected a finite one)",
        "2 | 1 2 NaN 3 | number 3 of image id 6 is NaN (expected a finite one)"
      })
  void refusesVectorsOfAnotherSizeOrNoNumbers(int size, String numbers, String message) {
    String[] parts = numbers.isEmpty() ? new String[0] : numbers.split(" ");
    float[] values = new float[parts.length];
    for (int x = 0; x < parts.length; x++) {
      values[x] = Float.parseFloat(parts[x]);
    }
    var vectors = new ImageVectors(6, size, values);
    assertEquals(message, assertThrows(BadExample.class, () -> vectors.example(1, 2)).getMessage());
  }
}
