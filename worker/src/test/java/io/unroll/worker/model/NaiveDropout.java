package io.unroll.worker.model;

import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;

/** Dropout, number by number: element j of row x of D is number x D + j of its stream, 16 bits. */
final class NaiveDropout {
  private NaiveDropout() {}

  static double[] drop(
      DropoutMasks masks, int connection, double probability, int x, double[] values) {
    double[] kept = values.clone();
    if (masks.equals(DropoutMasks.NONE) || probability == 0) {
      return kept;
    }
    double threshold = Math.rint(probability * 65536);
    RandomStream stream =
        new RandomStream(masks.seed(), Purpose.DROPOUT, masks.lane(), masks.step());
    for (int j = 0; j < kept.length; j++) {
      long element = (long) x * kept.length + j;
      stream.skipTo(((long) connection << 32) + element / 2);
      int bits = stream.nextInt() >>> (element % 2 == 0 ? 0 : 16) & 0xFFFF;
      kept[j] = bits < threshold ? 0 : values[j] * 65536 / (65536 - threshold);
    }
    return kept;
  }
}
