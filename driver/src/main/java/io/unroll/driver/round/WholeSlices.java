package io.unroll.driver.round;

import io.unroll.driver.transfer.DamagedTransferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import scala.Tuple2;

/**
 * What a reducer gets, in the order of its keys, if each slice that it has anything of is there of
 * every lane, once. Otherwise it ends with a {@link DamagedTransferException} as cause: a block of
 * a shuffle that is lost as a whole leaves no byte to check.
 */
final class WholeSlices implements Iterator<Tuple2<SliceKey, LaneOutput>> {
  private final Iterator<Tuple2<SliceKey, LaneOutput>> outputs;
  private final int lanes;
  private SliceKey last;

  /**
   * @param outputs sorted by key
   * @param lanes that send each slice
   */
  WholeSlices(Iterator<Tuple2<SliceKey, LaneOutput>> outputs, int lanes) {
    this.outputs = outputs;
    this.lanes = lanes;
    this.last = new SliceKey(-1, lanes - 1);
  }

  @Override
  public boolean hasNext() {
    boolean more = outputs.hasNext();
    if (!more) {
      require(last.lane() == lanes - 1);
    }
    return more;
  }

  @Override
  public Tuple2<SliceKey, LaneOutput> next() {
    Tuple2<SliceKey, LaneOutput> next = outputs.next();
    SliceKey key = next._1();
    boolean begins = key.lane() == 0 && key.slice() > last.slice() && last.lane() == lanes - 1;
    boolean goesOn = key.lane() == last.lane() + 1 && key.slice() == last.slice();
    require(begins || goesOn);
    last = key;
    return next;
  }

  private void require(boolean whole) {
    if (!whole) {
      IOException damage =
          new DamagedTransferException("slice " + last.slice() + " is not there of every lane");
      throw new UncheckedIOException(damage);
    }
  }
}
