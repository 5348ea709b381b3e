package io.unroll.worker.evaluate;

import io.unroll.worker.data.SequenceRows;
import io.unroll.worker.data.Window;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.model.Tally;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the loss of segments, without dropout, of one model or of several that predict together:
 * the mean of their probabilities counts. A segment's loss does not depend on which others are
 * measured with it, nor on how many side by side. Not thread-safe.
 */
public final class Evaluator {
  private final List<LanguageModel> models;
  private final int window;
  private final int batch;
  private final Window buffer;
  private final List<float[]> states;
  private final double[] rowLoss;

  /**
   * Allocates buffers.
   *
   * @param model that parameters are, or will be, given to
   * @param window T, most steps at a time; at most what the model was made for
   * @param batch B, most segments side by side; at most what the model was made for
   */
  public Evaluator(LanguageModel model, int window, int batch) {
    this(List.of(model), window, batch);
  }

  /**
   * Allocates buffers for models that predict together.
   *
   * @param models at least one, all of the same vocabulary
   */
  public Evaluator(List<LanguageModel> models, int window, int batch) {
    this.models = List.copyOf(models);
    this.window = window;
    this.batch = batch;
    this.buffer = new Window(window, batch);
    this.states =
        models.stream()
            .map(model -> new float[Math.multiplyExact(model.stateSize(), batch)])
            .toList();
    this.rowLoss = new double[batch];
  }

  /** The losses of the segments, in their order. */
  public List<Tally> losses(List<Segment> segments) {
    List<Tally> losses = new ArrayList<>(segments.size());
    for (int from = 0; from < segments.size(); from += batch) {
      List<Segment> rows = segments.subList(from, Math.min(from + batch, segments.size()));
      measure(rows);
      for (int b = 0; b < rows.size(); b++) {
        losses.add(Tally.ofLoss(rowLoss[b], rows.get(b).predictions()));
      }
    }
    return losses;
  }

  /** Leaves the loss of row b in rowLoss[b]. */
  private void measure(List<Segment> rows) {
    int longest = 0;
    for (int b = 0; b < rows.size(); b++) {
      longest = Math.max(longest, rows.get(b).tokens().length - 1);
      rowLoss[b] = 0;
    }
    for (int begin = 0; begin < longest; begin += window) {
      buffer.begin(Math.min(window, longest - begin), rows.size(), begin == 0);
      for (int b = 0; b < rows.size(); b++) {
        Segment segment = rows.get(b);
        SequenceRows.fill(buffer, b, segment.tokens(), begin, segment.context());
      }
      if (models.size() == 1) {
        models.get(0).loss(buffer, states.get(0), rowLoss);
      } else {
        addLossesOfMeans();
      }
    }
  }

  /** Of each prediction of the window: -ln of the mean probability that the models give it. */
  private void addLossesOfMeans() {
    double[] means = new double[buffer.targetRows()];
    for (int m = 0; m < models.size(); m++) {
      double[] losses = models.get(m).losses(buffer, states.get(m));
      for (int x = 0; x < means.length; x++) {
        means[x] += Math.exp(-losses[x]) / models.size();
      }
    }
    for (int x = 0; x < means.length; x++) {
      rowLoss[x % buffer.batch()] -= Math.log(means[x]);
    }
  }
}
