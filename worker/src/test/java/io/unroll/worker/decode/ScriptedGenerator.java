package io.unroll.worker.decode;

import io.unroll.worker.data.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A model that says what a table says: the probabilities of all tokens after what is written, each
 * token a digit. The state of a row is the number of its text. It has no attention.
 */
final class ScriptedGenerator implements Generator {
  private final int vocabulary;
  private final Map<String, double[]> probabilities;
  private final double[] otherwise;
  private final List<String> texts = new ArrayList<>();
  private int steps;

  /**
   * Keeps the table.
   *
   * @param otherwise probabilities after any other text
   */
  ScriptedGenerator(Map<String, double[]> probabilities, double... otherwise) {
    this.vocabulary = otherwise.length;
    this.probabilities = probabilities;
    this.otherwise = otherwise;
  }

  /** Steps since the last window. */
  int steps() {
    return steps;
  }

  @Override
  public int vocabulary() {
    return vocabulary;
  }

  @Override
  public int stateWidth() {
    return 1;
  }

  @Override
  public int stateSize() {
    return 1;
  }

  @Override
  public void read(Window sources, float[] state) {
    texts.clear();
    steps = 0;
    Arrays.fill(state, 0, sources.batch(), -1);
  }

  @Override
  public void next(int[] tokens, int[] sources, int rows, float[] state, float[] logits) {
    steps++;
    for (int r = 0; r < rows; r++) {
      String text = state[r] < 0 ? "" : texts.get((int) state[r]) + tokens[r];
      state[r] = texts.size();
      texts.add(text);
      double[] row = probabilities.getOrDefault(text, otherwise);
      for (int token = 0; token < vocabulary; token++) {
        // Far below all others where it is 0, but finite.
        logits[r * vocabulary + token] = (float) Math.log(Math.max(row[token], 1e-30));
      }
    }
  }

  @Override
  public float[] attention(int rows) {
    return new float[0];
  }
}
