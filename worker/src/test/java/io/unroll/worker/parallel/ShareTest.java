package io.unroll.worker.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.math.PlainKernels;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class ShareTest {
  @Test
  void sharesAreAllOfItInOrder() {
    for (int count : new int[] {1, 2, 3, 8, 100}) {
      for (int size : new int[] {0, 1, 5, 8, 16, 17, 63, 64, 65, 1000}) {
        assertCovers(size, count, Share::rows);
        assertCovers(size, count, Share::elements);
        assertCovers(size, count, Share::pieces);
      }
    }
    assertCovers(Integer.MAX_VALUE - 8, 7, Share::elements);
  }

  private static void assertCovers(int size, int count, BiFunction<Share, Integer, Range> cut) {
    int end = 0;
    for (int index = 0; index < count; index++) {
      Range range = cut.apply(new Share(index, count, new PlainKernels()), size);
      assertEquals(end, range.from());
      assertTrue(range.size() >= 0);
      end = range.to();
    }
    assertEquals(size, end);
  }

  @Test
  void rowsAreWholeTilesWhereThereAreEnough() {
    Share second = new Share(1, 3, new PlainKernels());
    assertEquals(new Range(16, 40), second.rows(60));
    assertEquals(new Range(4, 8), second.rows(14)); // tiles of 4
    assertEquals(new Range(1, 3), second.rows(5));
  }
}
