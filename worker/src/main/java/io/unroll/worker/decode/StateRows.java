package io.unroll.worker.decode;

/**
 * The state of the rows of a search, (blocks, rows, H). Two buffers take turns, since rows may be
 * copied more than once, and their number changes.
 */
final class StateRows {
  private final int width;
  private final int blocks;
  private float[] values;
  private float[] spare;

  StateRows(Generator generator, int maxRows) {
    this.width = generator.stateWidth();
    this.blocks = generator.stateSize() / width;
    this.values = new float[Math.multiplyExact(generator.stateSize(), maxRows)];
    this.spare = new float[values.length];
  }

  /** The buffer now in use; another one after each {@link #select}. */
  float[] values() {
    return values;
  }

  /**
   * Goes on with other rows: row r of the new ones is a copy of row parents[r].
   *
   * @param rows there are
   * @param parents may be longer than kept
   * @param kept how many rows there will be
   */
  void select(int rows, int[] parents, int kept) {
    for (int block = 0; block < blocks; block++) {
      for (int r = 0; r < kept; r++) {
        int from = (block * rows + parents[r]) * width;
        System.arraycopy(values, from, spare, (block * kept + r) * width, width);
      }
    }
    float[] former = values;
    values = spare;
    spare = former;
  }
}
