package io.unroll.worker.evaluate;

import java.util.Arrays;
import java.util.List;

/**
 * What a labeler says of one example. Where the example has targets, also how it did.
 *
 * @param labels the most likely label of each target place: one, or one for each step
 * @param probabilities of all labels, (places, K)
 * @param loss summed over the targets, in nats; 0 where nobody knows them
 * @param targets that there were
 * @param correct how many of them were the most likely label
 */
public record Answer(int[] labels, float[] probabilities, double loss, int targets, int correct) {
  /**
   * Reads what the output layer said.
   *
   * @param logits (rows, K)
   * @param rows of the places of this example
   * @param labels K
   * @param targets one for each place, or none
   */
  static Answer of(float[] logits, int[] rows, int labels, int[] targets) {
    int[] best = new int[rows.length];
    float[] probabilities = new float[rows.length * labels];
    double loss = 0;
    int correct = 0;
    for (int place = 0; place < rows.length; place++) {
      int from = rows[place] * labels;
      double[] exponentials = exponentials(logits, from, labels);
      double sum = Arrays.stream(exponentials).sum();
      for (int k = 0; k < labels; k++) {
        probabilities[place * labels + k] = (float) (exponentials[k] / sum);
        best[place] = logits[from + k] > logits[from + best[place]] ? k : best[place];
      }
      if (targets.length > 0) {
        loss += StrictMath.log(sum) - StrictMath.log(exponentials[targets[place]]);
        correct += best[place] == targets[place] ? 1 : 0;
      }
    }
    return new Answer(best, probabilities, loss, targets.length, correct);
  }

  /**
   * The answer of several models to the same example: the mean of their probabilities.
   *
   * @param answers at least one
   * @param targets one for each place, or none
   */
  public static Answer vote(List<Answer> answers, int[] targets) {
    if (answers.size() == 1) {
      return answers.get(0);
    }
    Answer first = answers.get(0);
    int places = first.labels.length;
    int labels = first.probabilities.length / places;
    float[] mean = new float[places * labels];
    int[] best = new int[places];
    double loss = 0;
    int correct = 0;
    for (int place = 0; place < places; place++) {
      int from = place * labels;
      for (int x = from; x < from + labels; x++) {
        double sum = 0;
        for (Answer answer : answers) {
          sum += answer.probabilities[x];
        }
        mean[x] = (float) (sum / answers.size());
        best[place] = mean[x] > mean[from + best[place]] ? x - from : best[place];
      }
      if (targets.length > 0) {
        loss -= StrictMath.log(mean[from + targets[place]]);
        correct += best[place] == targets[place] ? 1 : 0;
      }
    }
    return new Answer(best, mean, loss, targets.length, correct);
  }

  /** exp(x - max), the same bits on every machine. */
  private static double[] exponentials(float[] logits, int from, int labels) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < labels; k++) {
      largest = Math.max(largest, logits[from + k]);
    }
    double[] exponentials = new double[labels];
    for (int k = 0; k < labels; k++) {
      exponentials[k] = StrictMath.exp(logits[from + k] - largest);
    }
    return exponentials;
  }
}
