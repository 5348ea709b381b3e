package io.unroll.dataprep.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Pixels to the bit as Pillow 13.0.0 makes them.
 *
 * <pre>{@code
 * row = Image.new("L", (7, 1)); row.putdata([0, 255, 17, 90, 200, 3, 128])
 * row.resize((width, 1), Image.Resampling.BILINEAR, box=(from, 0, to, 1)).getdata()
 * }</pre>
 */
class ResamplingTest {
  private static final int[] ROW = {0, 255, 17, 90, 200, 3, 128};

  private static int[] resampled(int[] row, double from, double to, int pixels) {
    var resampling = new Resampling(from, to - from, row.length, pixels);
    return IntStream.range(0, pixels).map(x -> resampling.at(x, row, 0, 1)).toArray();
  }

  private static void assertRow(int... expected) {
    assertArrayEquals(expected, resampled(ROW, 0, ROW.length, expected.length));
  }

  @Test
  void shrinks() {
    assertRow(85, 123, 97, 112, 86);
    assertRow(113, 103, 90);
    assertRow(101);
  }

  @Test
  void grows() {
    assertRow(0, 96, 244, 126, 26, 69, 122, 186, 110, 8, 81, 128);
  }

  @Test
  void leavesARowOfThatLengthAsItIs() {
    assertRow(ROW);
  }

  @Test
  void takesAPart() {
    assertArrayEquals(new int[] {112, 96, 121}, resampled(ROW, 1.5, 5.5, 3));
    assertArrayEquals(new int[] {160, 56, 149, 61}, resampled(ROW, 0.7, 6.3, 4));
  }

  @Test
  void onePixelIsAllPixels() {
    assertArrayEquals(new int[] {77, 77, 77, 77}, resampled(new int[] {77}, 0, 1, 4));
  }

  /**
   * Rows of many lengths. In Python:
   *
   * <pre>{@code
   * checksum = 0
   * for n in range(first, end, step):
   *     for width in range(1, most, stride):
   *         x, pixels = 100 * n + width, []
   *         for _ in range(n):
   *             x = (1103515245 * x + 12345) & 0x7fffffff
   *             pixels.append((x >> 16) & 0xff)
   *         row = Image.new("L", (n, 1)); row.putdata(pixels)
   *         for value in row.resize((width, 1), Image.Resampling.BILINEAR).getdata():
   *             checksum = (31 * checksum + value) & 0xffffffff
   * }</pre>
   */
  @Test
  void manyRowsAreThoseOfPillow() {
    assertEquals(2561554683L, checksum(1, 60, 1, 60, 1));
    assertEquals(3900516205L, checksum(60, 2000, 37, 300, 13));
  }

  private static long checksum(int first, int end, int step, int most, int stride) {
    long checksum = 0;
    for (int n = first; n < end; n += step) {
      for (int width = 1; width < most; width += stride) {
        for (int value : resampled(pixels(n, 100L * n + width), 0, n, width)) {
          checksum = (31 * checksum + value) & 0xffffffffL;
        }
      }
    }
    return checksum;
  }

  private static int[] pixels(int count, long seed) {
    int[] pixels = new int[count];
    long x = seed;
    for (int n = 0; n < count; n++) {
      x = (1103515245 * x + 12345) & 0x7fffffff;
      pixels[n] = (int) ((x >> 16) & 0xff);
    }
    return pixels;
  }
}
