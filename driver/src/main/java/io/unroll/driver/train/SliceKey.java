package io.unroll.driver.train;

import java.io.Serializable;
import org.apache.spark.Partitioner;

/** Sorts the outputs of a round by slice, then by lane: reducers add in the order of the lanes. */
record SliceKey(int slice, int lane) implements Comparable<SliceKey>, Serializable {
  @Override
  public int compareTo(SliceKey other) {
    int bySlice = Integer.compare(slice, other.slice);
    return bySlice != 0 ? bySlice : Integer.compare(lane, other.lane);
  }

  /** One partition per slice. */
  static final class BySlice extends Partitioner {
    private final int slices;

    BySlice(int slices) {
      this.slices = slices;
    }

    @Override
    public int numPartitions() {
      return slices;
    }

    @Override
    public int getPartition(Object key) {
      return ((SliceKey) key).slice();
    }
  }
}
