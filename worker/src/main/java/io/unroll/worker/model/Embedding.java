package io.unroll.worker.model;

/** Looks up a row of (V, E) for each token; the gradient touches only the rows that were used. */
final class Embedding {
  private final int vocabulary;
  private final int offset;
  private final Signal output;
  private float[] parameters;

  Embedding(Blueprint blueprint) {
    this.vocabulary = blueprint.architecture().vocabulary();
    this.offset = blueprint.layout().tensor("embedding.weight").offset();
    this.output = blueprint.signal(blueprint.architecture().embedding());
  }

  Signal output() {
    return output;
  }

  void use(float[] newParameters) {
    parameters = newParameters;
  }

  /**
   * Copies the tokens' vectors to the output signal.
   *
   * @throws IllegalArgumentException if a token is not in the vocabulary
   */
  void forward(int time, int batch, int[] tokens) {
    checkTokens(tokens, time * batch, vocabulary);
    int size = output.size();
    int to = output.offset(0, batch);
    for (int x = 0; x < time * batch; x++) {
      System.arraycopy(parameters, offset + tokens[x] * size, output.values(), to + x * size, size);
    }
  }

  /** Adds the gradient of the output signal to the tokens' rows, in the order of time. */
  void backward(int time, int batch, int[] tokens, float[] gradient) {
    int size = output.size();
    int from = output.offset(0, batch);
    float[] dy = output.gradient();
    for (int x = 0; x < time * batch; x++) {
      int row = offset + tokens[x] * size;
      int up = from + x * size;
      for (int j = 0; j < size; j++) {
        gradient[row + j] += dy[up + j];
      }
    }
  }

  static void checkTokens(int[] tokens, int count, int vocabulary) {
    for (int x = 0; x < count; x++) {
      if (tokens[x] < 0 || tokens[x] >= vocabulary) {
        throw new IllegalArgumentException(
            "Cannot use token %d: the model's vocabulary has %d".formatted(tokens[x], vocabulary));
      }
    }
  }
}
