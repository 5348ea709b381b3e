package io.unroll.worker.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StateRowsTest {
  /** Cell (block, row, h) holds 100 block + 10 row + h. */
  @Test
  void keepsAllBlocksOfARowTogether() {
    StateRows state = new StateRows(new HashedGenerator(4, 0, 1), 4);
    fill(state.values(), 0, 1, 2);
    state.select(3, new int[] {2, 0, 2, 1}, 4);
    assertRows(state, 2, 0, 2, 1);
    state.select(4, new int[] {3, 0}, 2);
    assertRows(state, 1, 2);
    state.select(2, new int[] {0, 1, 1}, 3);
    assertRows(state, 1, 2, 2);
  }

  private static void fill(float[] values, int... rows) {
    int at = 0;
    for (int block = 0; block < HashedGenerator.BLOCKS; block++) {
      for (int row : rows) {
        for (int h = 0; h < HashedGenerator.WIDTH; h++) {
          values[at++] = 100 * block + 10 * row + h;
        }
      }
    }
  }

  private static void assertRows(StateRows state, int... rows) {
    float[] expected = new float[rows.length * HashedGenerator.CELLS];
    fill(expected, rows);
    assertArrayEquals(expected, Arrays.copyOf(state.values(), expected.length));
  }
}
