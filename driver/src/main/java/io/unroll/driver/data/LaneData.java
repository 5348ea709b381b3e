package io.unroll.driver.data;

import io.unroll.worker.data.Example;
import io.unroll.worker.data.ExampleWindows;
import io.unroll.worker.data.Minibatch;
import io.unroll.worker.data.MinibatchWindows;
import io.unroll.worker.data.SequenceWindows;
import io.unroll.worker.data.StreamWindows;
import io.unroll.worker.data.TextWindows;
import io.unroll.worker.data.WindowSource;
import io.unroll.worker.train.LanePlan;
import java.io.Serializable;
import java.util.List;

/** The training data of one lane, cached on the executor that trains it. */
public sealed interface LaneData extends Serializable {
  /** The lane's windows under a plan. */
  WindowSource windows(LanePlan plan, int lane);

  /** What an epoch of this lane holds, in batches of B sequences and windows of T steps. */
  LaneSize size(int batch, int window);

  /** Running text: predictions + 1 tokens. */
  record Text(int[] tokens) implements LaneData {
    @Override
    public WindowSource windows(LanePlan plan, int lane) {
      return new StreamWindows(tokens, plan.batch(), plan.window());
    }

    @Override
    public LaneSize size(int batch, int window) {
      StreamWindows windows = new StreamWindows(tokens, batch, window);
      return new LaneSize(windows.steps(0), tokens.length - 1L, windows.skipped());
    }
  }

  /**
   * Sequences from their begin to their end token.
   *
   * @param given tokens of each, behind its begin token, that are read but not predicted
   * @param ordered whether their order is kept, but for neighbours
   */
  record Sequences(int[][] sequences, int[] given, boolean ordered) implements LaneData {
    @Override
    public WindowSource windows(LanePlan plan, int lane) {
      return windows(plan.batch(), plan.window(), plan.seed(), lane);
    }

    private SequenceWindows windows(int batch, int window, long seed, int lane) {
      return new SequenceWindows(sequences, given, batch, window, seed, lane, ordered);
    }

    @Override
    public LaneSize size(int batch, int window) {
      long predictions = 0;
      for (int x = 0; x < sequences.length; x++) {
        predictions += sequences[x].length - 1L - given[x];
      }
      return new LaneSize(windows(batch, window, 0, 0).steps(0), predictions, 0);
    }
  }

  /**
   * Examples with their labels.
   *
   * @param pooled whether each has one label, not one for each step
   * @param ordered whether their order is kept, but for neighbours
   * @param weights what each label counts in the loss; empty for 1 each
   */
  record Labelled(List<Example> examples, boolean pooled, boolean ordered, float[] weights)
      implements LaneData {
    @Override
    public WindowSource windows(LanePlan plan, int lane) {
      return windows(plan.batch(), plan.seed(), lane);
    }

    private ExampleWindows windows(int batch, long seed, int lane) {
      return new ExampleWindows(
          examples.toArray(Example[]::new), pooled, batch, seed, lane, ordered, weights);
    }

    @Override
    public LaneSize size(int batch, int window) {
      long predictions = examples.stream().mapToLong(example -> example.targets().length).sum();
      return new LaneSize(windows(batch, 0, 0).steps(0), predictions, 0);
    }
  }

  /**
   * Examples with texts.
   *
   * @param ordered whether their order is kept, but for neighbours
   */
  record Pairs(List<Example> examples, boolean ordered) implements LaneData {
    @Override
    public WindowSource windows(LanePlan plan, int lane) {
      return windows(plan.batch(), plan.seed(), lane);
    }

    private TextWindows windows(int batch, long seed, int lane) {
      return new TextWindows(examples.toArray(Example[]::new), batch, seed, lane, ordered);
    }

    @Override
    public LaneSize size(int batch, int window) {
      long predictions = examples.stream().mapToLong(example -> example.targets().length - 1).sum();
      return new LaneSize(windows(batch, 0, 0).steps(0), predictions, 0);
    }
  }

  /**
   * Minibatches as somebody else has put them together; the plan's batch is the largest of them.
   */
  record Minibatches(List<Minibatch> minibatches) implements LaneData {
    @Override
    public WindowSource windows(LanePlan plan, int lane) {
      return new MinibatchWindows(minibatches, plan.window());
    }

    @Override
    public LaneSize size(int batch, int window) {
      long predictions = minibatches.stream().mapToLong(Minibatch::predictions).sum();
      return new LaneSize(new MinibatchWindows(minibatches, window).steps(0), predictions, 0);
    }
  }
}
