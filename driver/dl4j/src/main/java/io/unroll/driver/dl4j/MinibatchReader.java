package io.unroll.driver.dl4j;

import io.unroll.worker.data.Minibatch;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Reads a {@link DataSet} as tokens: features and labels are one-hot vectors or indices, masks are
 * 0 or 1. Runs on executors; copies the arrays and does no arithmetic with them, so that no native
 * threads are started.
 *
 * <p>Letters: B sequences, T steps, V vocabulary. Arrays are (B, V, T) or, in format NWC, (B, T,
 * V); indices are (B, T) or (B, 1, T); masks are (B, T).
 *
 * @param vocabulary V
 * @param indexed whether features are indices, as an embedding layer takes them
 * @param sparse whether labels are indices, as SPARSE_MCXENT takes them
 * @param format of features and labels
 */
record MinibatchReader(int vocabulary, boolean indexed, boolean sparse, RNNFormat format)
    implements Serializable {
  /** A data set that is not tokens; its message says where in it, and what is there. */
  static final class NotTokensException extends RuntimeException {
    private NotTokensException(String message) {
      super(message);
    }
  }

  /**
   * Reads one.
   *
   * @throws NotTokensException naming sequence and step
   */
  Minibatch read(DataSet data) {
    return new Reading(data).read();
  }

  /** One data set that is being read. */
  private final class Reading {
    private final DataSet data;
    private final int batch;
    private final int time;

    Reading(DataSet data) {
      this.data = data;
      INDArray features = data.getFeatures();
      if (features == null || data.getLabels() == null) {
        throw invalid("it has no features or no labels");
      }
      if (features.isEmpty() || features.size(0) == 0) {
        throw invalid("it is empty");
      }
      this.batch = Math.toIntExact(features.size(0));
      this.time = Math.toIntExact(features.size(timeAxis(features)));
    }

    Minibatch read() {
      boolean[] features = mask("features mask", data.getFeaturesMaskArray());
      boolean[] labels = mask("labels mask", data.getLabelsMaskArray());
      boolean[] counts = labels != null ? labels : features;
      if (counts == null) {
        counts = new boolean[batch * time];
        Arrays.fill(counts, true);
      }
      if (features != null) {
        requireEnds(features, counts);
      }
      int[] inputs = tokens("features", data.getFeatures(), indexed, features);
      int[] targets = tokens("labels", data.getLabels(), sparse, counts);
      return new Minibatch(time, batch, inputs, targets, counts);
    }

    private int timeAxis(INDArray array) {
      if (array.rank() == 2) {
        return 1;
      }
      if (array.rank() != 3) {
        throw invalid(
            String.format(
                Locale.ROOT,
                "its arrays have rank %d (expected 3: sequences, vocabulary, steps)",
                array.rank()));
      }
      return format == RNNFormat.NWC ? 1 : 2;
    }

    /** Time-major; null if there is none. */
    private boolean[] mask(String name, INDArray mask) {
      if (mask == null) {
        return null;
      }
      if (mask.rank() != 2 || mask.size(0) != batch || mask.size(1) != time) {
        throw invalid(
            String.format(
                Locale.ROOT,
                "its %s is %s (expected %d x %d)",
                name,
                Arrays.toString(mask.shape()),
                batch,
                time));
      }
      float[] values = values(mask);
      boolean[] marked = new boolean[batch * time];
      for (int b = 0; b < batch; b++) {
        for (int t = 0; t < time; t++) {
          float value = values[b * time + t];
          if (value != 0 && value != 1) {
            throw invalid(b, t, "its %s is %s (expected 0 or 1)".formatted(name, value));
          }
          marked[t * batch + b] = value == 1;
        }
      }
      return marked;
    }

    /** A sequence is masked from its end on, and nothing is predicted there. */
    private void requireEnds(boolean[] features, boolean[] counts) {
      for (int b = 0; b < batch; b++) {
        for (int t = 0; t < time; t++) {
          int x = t * batch + b;
          if (t > 0 && features[x] && !features[x - batch]) {
            throw invalid(b, t, "its features mask has a gap (expected ones, then zeros)");
          }
          if (counts[x] && !features[x]) {
            throw invalid(b, t, "a label counts where the features are masked");
          }
        }
      }
    }

    /** Time-major; 0 where nothing is needed. */
    private int[] tokens(String name, INDArray array, boolean indices, boolean[] needed) {
      int depth = indices ? 1 : vocabulary;
      boolean flat = indices && array.rank() == 2;
      int timeAxis = timeAxis(array);
      boolean fits =
          array.size(0) == batch
              && array.size(timeAxis) == time
              && (flat || (array.rank() == 3 && array.size(3 - timeAxis) == depth));
      if (!fits) {
        throw invalid(
            String.format(
                Locale.ROOT,
                "its %s are %s (expected %d sequences, %d values, %d steps, in format %s)",
                name,
                Arrays.toString(array.shape()),
                batch,
                depth,
                time,
                format));
      }
      float[] values = values(array);
      int alongTime = flat || timeAxis == 2 ? 1 : depth;
      int alongDepth = flat || timeAxis == 2 ? time : 1;
      int[] tokens = new int[batch * time];
      for (int b = 0; b < batch; b++) {
        for (int t = 0; t < time; t++) {
          int x = t * batch + b;
          if (needed == null || needed[x]) {
            int from = b * depth * time + t * alongTime;
            tokens[x] =
                indices
                    ? index(name, b, t, values[from])
                    : hot(name, b, t, values, from, alongDepth);
          }
        }
      }
      return tokens;
    }

    private int index(String name, int b, int t, float value) {
      if (!(value >= 0 && value < vocabulary) || value != (int) value) {
        throw invalid(
            b,
            t,
            String.format(
                Locale.ROOT,
                "its %s are %s (expected an index from 0 to %d)",
                name,
                value,
                vocabulary - 1));
      }
      return (int) value;
    }

    private int hot(String name, int b, int t, float[] values, int from, int stride) {
      int hot = -1;
      for (int v = 0; v < vocabulary; v++) {
        float value = values[from + v * stride];
        if (value == 1 && hot < 0) {
          hot = v;
        } else if (value != 0) {
          hot = vocabulary;
        }
      }
      if (hot < 0 || hot == vocabulary) {
        throw invalid(b, t, "its %s are not one-hot (expected a single 1, else 0)".formatted(name));
      }
      return hot;
    }

    /** Row-major. */
    private float[] values(INDArray array) {
      return array.dup('c').data().asFloat();
    }

    private NotTokensException invalid(String what) {
      return new NotTokensException(": " + what);
    }

    private NotTokensException invalid(int sequence, int step, String what) {
      return new NotTokensException(
          String.format(Locale.ROOT, ", sequence %d, step %d: %s", sequence, step, what));
    }
  }
}
