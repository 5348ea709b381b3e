package io.unroll.worker.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.data.Example;
import io.unroll.worker.data.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A model whose logits are hashes of the source and of all that a row has written. Each cell of the
 * state carries a hash of its own, and all of them matter, so that a row with a cell of another row
 * says something else.
 */
final class HashedGenerator implements Generator {
  static final int BLOCKS = 2;
  static final int WIDTH = 3;
  static final int CELLS = BLOCKS * WIDTH;

  /** Rows of each step since the last window. */
  final List<Integer> rowsOfSteps = new ArrayList<>();

  private final int vocabulary;
  private final int begin;
  private final int end;
  private int[][] read = new int[0][];
  private int stride;
  private float[] attention = new float[0];

  HashedGenerator(int vocabulary, int begin, int end) {
    this.vocabulary = vocabulary;
    this.begin = begin;
    this.end = end;
  }

  /** A window of sources of different lengths. */
  static Window window(int[]... sources) {
    int longest = Arrays.stream(sources).mapToInt(source -> source.length).max().orElseThrow();
    Window window = new Window(longest, sources.length);
    window.beginExamples(longest, sources.length, true);
    for (int b = 0; b < sources.length; b++) {
      window.put(b, Example.ofTokens(sources[b], new int[0]));
    }
    return window;
  }

  @Override
  public int vocabulary() {
    return vocabulary;
  }

  @Override
  public int stateWidth() {
    return WIDTH;
  }

  @Override
  public int stateSize() {
    return CELLS;
  }

  @Override
  public void read(Window sources, float[] state) {
    rowsOfSteps.clear();
    stride = sources.time();
    read = new int[sources.batch()][];
    for (int b = 0; b < read.length; b++) {
      read[b] = new int[sources.lengths()[b]];
      for (int t = 0; t < read[b].length; t++) {
        read[b][t] = sources.inputs()[t * sources.batch() + b];
      }
      put(initial(read[b]), b, read.length, state);
    }
  }

  @Override
  public void next(int[] tokens, int[] sources, int rows, float[] state, float[] logits) {
    boolean first = rowsOfSteps.isEmpty();
    rowsOfSteps.add(rows);
    attention = new float[rows * stride];
    for (int r = 0; r < rows; r++) {
      assertTrue(r == 0 || sources[r] >= sources[r - 1], "the rows of a source are side by side");
      assertEquals(first, tokens[r] == begin, "only the first token is the begin token");
      assertTrue(first || tokens[r] != end, "what has ended is not followed");
      int[] cells = advanced(cells(r, rows, state), tokens[r]);
      put(cells, r, rows, state);
      int[] source = read[sources[r]];
      System.arraycopy(logits(source, cells), 0, logits, r * vocabulary, vocabulary);
      System.arraycopy(weights(source, cells), 0, attention, r * stride, source.length);
    }
  }

  @Override
  public float[] attention(int rows) {
    assertEquals(rows * stride, attention.length);
    return attention;
  }

  /** What {@link #next} says after some tokens, the begin token not among them. */
  float[] logitsAfter(int[] source, int... written) {
    return logits(source, cellsAfter(source, written));
  }

  /** What {@link #attention} says after some tokens. */
  float[] weightsAfter(int[] source, int... written) {
    return weights(source, cellsAfter(source, written));
  }

  private int[] cellsAfter(int[] source, int... written) {
    int[] cells = advanced(initial(source), begin);
    for (int token : written) {
      cells = advanced(cells, token);
    }
    return cells;
  }

  private static int[] initial(int[] source) {
    int[] cells = new int[CELLS];
    for (int c = 0; c < CELLS; c++) {
      cells[c] = hash(c, Arrays.hashCode(source));
    }
    return cells;
  }

  private static int[] advanced(int[] cells, int token) {
    int[] next = new int[CELLS];
    for (int c = 0; c < CELLS; c++) {
      next[c] = hash(cells[c], token);
    }
    return next;
  }

  private float[] logits(int[] source, int[] cells) {
    float[] logits = new float[vocabulary];
    for (int token = 0; token < vocabulary; token++) {
      int all = 31 * Arrays.hashCode(cells) + Arrays.hashCode(source);
      logits[token] = hash(all, token) / (float) (1 << 18);
    }
    return logits;
  }

  private static float[] weights(int[] source, int[] cells) {
    float[] weights = new float[source.length];
    for (int s = 0; s < source.length; s++) {
      weights[s] = hash(Arrays.hashCode(cells), s) / (float) (1 << 20);
    }
    return weights;
  }

  private static int[] cells(int row, int rows, float[] state) {
    int[] cells = new int[CELLS];
    for (int c = 0; c < CELLS; c++) {
      cells[c] = (int) state[place(c, row, rows)];
    }
    return cells;
  }

  private static void put(int[] cells, int row, int rows, float[] state) {
    for (int c = 0; c < CELLS; c++) {
      state[place(c, row, rows)] = cells[c];
    }
  }

  /** Of cell c in (blocks, rows, H). */
  private static int place(int c, int row, int rows) {
    return (c / WIDTH * rows + row) * WIDTH + c % WIDTH;
  }

  /** 20 bits, which a float holds exactly. */
  private static int hash(int a, int b) {
    int x = 0x9E3779B9 * (a + 0x7F4A7C15 * (b + 1));
    x = 0x85EBCA6B * (x ^ x >>> 15);
    x = 0xC2B2AE35 * (x ^ x >>> 13);
    return (x ^ x >>> 16) >>> 12;
  }
}
