package io.unroll.worker.layer;

import io.unroll.worker.parallel.Range;
import java.util.Arrays;

/**
 * What one thread does of a time step: some sequences, and of those some of the hidden units. One
 * of the two is whole.
 *
 * @param rows sequences of the batch
 * @param units of the hidden layer; of a gate, the rows that belong to them
 * @param hidden H
 */
record Part(Range rows, Range units, int hidden) {
  /** All units of some sequences. */
  static Part ofRows(Range rows, int hidden) {
    return new Part(rows, new Range(0, hidden), hidden);
  }

  /** Some units of all sequences. */
  static Part ofUnits(int batch, Range units, int hidden) {
    return new Part(new Range(0, batch), units, hidden);
  }

  /** The same units of those of its sequences that come before one. */
  Part before(int sequence) {
    return sequence >= rows.to()
        ? this
        : new Part(new Range(rows.from(), Math.max(rows.from(), sequence)), units, hidden);
  }

  /** How many sequences. */
  int count() {
    return rows.size();
  }

  /** The first unit. */
  int from() {
    return units.from();
  }

  /** The unit after the last. */
  int to() {
    return units.to();
  }

  /** Whether all units are there. */
  boolean hasAllUnits() {
    return units.size() == hidden;
  }

  boolean isEmpty() {
    return rows.size() == 0 || units.size() == 0;
  }

  /** Index of the first of its sequences in step t, of (T, B) rows. */
  int row(Axis axis, int step) {
    return step * axis.batch() + rows.from();
  }

  /** Sets its elements of (B, H) to 0. */
  void clear(float[] values) {
    for (int b = rows.from(); b < rows.to(); b++) {
      Arrays.fill(values, b * hidden + units.from(), b * hidden + units.to(), 0f);
    }
  }
}
