package io.unroll.driver.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceKeyTest {
  @ParameterizedTest
  @CsvSource({"21,1", "21,2", "21,8", "21,21", "2,2", "100000,333"})
  void sharesAreNeighboursAndDifferByOneAtMost(int slices, int shares) {
    SliceKey.InShares partitioner = new SliceKey.InShares(slices, shares);
    int[] sizes = new int[shares];
    int last = 0;
    for (int slice = 0; slice < slices; slice++) {
      int share = partitioner.getPartition(new SliceKey(slice, 7));
      assertTrue(share == last || share == last + 1, "slice " + slice);
      sizes[share]++;
      last = share;
    }
    assertEquals(shares, partitioner.numPartitions());
    assertEquals(slices / shares, IntStream.of(sizes).min().orElseThrow());
    assertEquals((slices + shares - 1) / shares, IntStream.of(sizes).max().orElseThrow());
  }
}
