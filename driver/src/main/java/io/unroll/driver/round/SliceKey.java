package io.unroll.driver.round;

import java.io.Serializable;
import org.apache.spark.Partitioner;

/** Sorts the outputs of a round by slice, then by lane: reducers add in the order of the lanes. */
record SliceKey(int slice, int lane) implements Comparable<SliceKey>, Serializable {
  @Override
  public int compareTo(SliceKey other) {
    int bySlice = Integer.compare(slice, other.slice);
    return bySlice != 0 ? bySlice : Integer.compare(lane, other.lane);
  }

  /** Neighbouring slices together, in equal shares of {@code 0 <= slice < slices}. */
  static final class InShares extends Partitioner {
    private final int slices;
    private final int shares;

    InShares(int slices, int shares) {
      this.slices = slices;
      this.shares = shares;
    }

    @Override
    public int numPartitions() {
      return shares;
    }

    @Override
    public int getPartition(Object key) {
      return (int) ((long) ((SliceKey) key).slice() * shares / slices);
    }
  }
}
