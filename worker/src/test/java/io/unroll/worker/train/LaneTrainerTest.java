package io.unroll.worker.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.unroll.worker.data.SequenceWindows;
import io.unroll.worker.data.StreamWindows;
import io.unroll.worker.data.Window;
import io.unroll.worker.data.WindowSource;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LaneTrainerTest {
  private static final int VOCABULARY = 7;
  private static final int BATCH = 3;
  private static final int WINDOW = 5;
  private static final long SEED = 11;
  private static final int LANE = 2;
  private static final long EPOCH_OFFSET = 100;

  private final Kernels kernels = new PlainKernels();

  /** What a lane carries. */
  private static final class Lane {
    final float[] parameters;
    final float[] optimizer;
    final float[] recurrent;

    Lane(LanePlan plan) {
      LanguageArchitecture architecture = (LanguageArchitecture) plan.architecture();
      parameters = LanguageModel.layout(architecture).initialParameters(SEED);
      optimizer = new float[plan.optimizer().slots() * parameters.length];
      recurrent = new float[architecture.stateSize() * plan.batch()];
    }

    void assertSameAs(Lane other) {
      assertArrayEquals(other.parameters, parameters);
      assertArrayEquals(other.optimizer, optimizer);
      assertArrayEquals(other.recurrent, recurrent);
    }
  }

  private static LanguageArchitecture architecture(Cell cell, double dropout) {
    return new LanguageArchitecture(cell, VOCABULARY, 4, 6, 2, dropout, false);
  }

  private static LanePlan adam(Cell cell) {
    return new LanePlan(
        architecture(cell, 0.3),
        Objective.PLAIN,
        new Adam(0.9, 0.999, 1e-8),
        new Cosine(0.01, 3, 0.1),
        new Clipping(0.2),
        BATCH,
        WINDOW,
        0,
        SEED,
        200);
  }

  private static int[] text(int tokens) {
    RandomStream random = new RandomStream(3, Purpose.SHUFFLE, 0, 0);
    int[] text = new int[tokens];
    for (int x = 0; x < tokens; x++) {
      text[x] = random.nextInt(VOCABULARY);
    }
    return text;
  }

  private LaneReport run(LanePlan plan, WindowSource windows, int first, int steps, Lane lane) {
    return new LaneTrainer(plan, Cores.one(kernels))
        .run(
            LANE,
            windows,
            new Stretch(0, first, steps, EPOCH_OFFSET, EPOCH_OFFSET + first),
            lane.parameters,
            lane.optimizer,
            lane.recurrent);
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void equalsAPlainLoopBitForBit(Cell cell) {
    LanePlan plan = adam(cell);
    StreamWindows windows = new StreamWindows(text(110), BATCH, WINDOW);
    Lane lane = new Lane(plan);
    run(plan, windows, 0, 7, lane);
    Lane expected = new Lane(plan);
    plainLoop(cell, windows, expected);
    lane.assertSameAs(expected);
  }

  private void plainLoop(Cell cell, StreamWindows windows, Lane lane) {
    LanguageModel model =
        new LanguageModel(architecture(cell, 0.3), WINDOW, BATCH, Cores.one(kernels));
    Window window = new Window(WINDOW, BATCH);
    Gradient gradient = new Gradient(new float[lane.parameters.length]);
    for (int step = 0; step < 7; step++) {
      windows.load(0, step, window);
      model.use(lane.parameters);
      DropoutMasks dropout = new DropoutMasks(SEED, LANE, EPOCH_OFFSET + step);
      model.lossAndGradient(window, lane.recurrent, dropout, gradient);
      float scale = (float) new Clipping(0.2).scale(gradient.norm(Cores.one(kernels)));
      double rate = new Cosine(0.01, 3, 0.1).at(EPOCH_OFFSET + step, 200);
      long number = EPOCH_OFFSET + step + 1;
      new Adam(0.9, 0.999, 1e-8)
          .update(
              Cores.one(kernels),
              lane.parameters,
              gradient,
              lane.optimizer,
              new Optimizer.Update(scale, number, rate));
    }
  }

  @Test
  void doesThreeAndFourStepsAsSeven() {
    LanePlan plan = adam(Cell.LSTM);
    StreamWindows windows = new StreamWindows(text(110), BATCH, WINDOW);
    Lane whole = new Lane(plan);
    LaneReport all = run(plan, windows, 0, 7, whole);
    Lane split = new Lane(plan);
    LaneReport first = run(plan, windows, 0, 3, split);
    LaneReport second = run(plan, new StreamWindows(text(110), BATCH, WINDOW), 3, 4, split);
    split.assertSameAs(whole);
    assertEquals(
        all.tally().predictions(), first.tally().predictions() + second.tally().predictions());
    assertEquals(
        all.tally().loss(),
        first.tally().loss() + second.tally().loss(),
        1e-12 * all.tally().loss());
  }

  @Test
  void givesTheSameBitsAfterOtherLanes() {
    LanePlan plan = adam(Cell.LSTM);
    StreamWindows windows = new StreamWindows(text(110), BATCH, WINDOW);
    LaneTrainer trainer = new LaneTrainer(plan, Cores.one(kernels));
    for (int lane = 0; lane < 4; lane++) {
      Lane used = new Lane(plan);
      Lane fresh = new Lane(plan);
      run(trainer, lane, windows, used);
      run(new LaneTrainer(plan, Cores.one(kernels)), lane, windows, fresh);
      used.assertSameAs(fresh);
    }
  }

  private static void run(LaneTrainer trainer, int number, WindowSource windows, Lane lane) {
    Stretch stretch = new Stretch(0, 0, 8, EPOCH_OFFSET, EPOCH_OFFSET);
    trainer.run(number, windows, stretch, lane.parameters, lane.optimizer, lane.recurrent);
  }

  @Test
  void endsWithTheEpoch() {
    LanePlan plan = adam(Cell.GRU);
    StreamWindows windows = new StreamWindows(text(110), BATCH, WINDOW);
    assertEquals(8, windows.steps(0));
    assertEquals(2, run(plan, windows, 6, 50, new Lane(plan)).tally().steps());
    Lane lane = new Lane(plan);
    float[] before = lane.parameters.clone();
    LaneReport report = run(plan, windows, 8, 50, lane);
    assertEquals(0, report.tally().steps());
    assertEquals(0, report.tally().predictions());
    assertArrayEquals(before, lane.parameters);
  }

  @Test
  void reportsSumsAndCounts() {
    LanePlan plan = adam(Cell.LSTM);
    StreamWindows windows = new StreamWindows(text(110), BATCH, WINDOW);
    LaneReport report = run(plan, windows, 0, 8, new Lane(plan));
    assertEquals(LANE, report.lane());
    assertEquals(8, report.tally().steps());
    assertEquals(108, report.tally().predictions()); // 109 predictions in 3 streams of 36
    double mean = report.tally().loss() / report.tally().predictions();
    assertEquals(Math.log(VOCABULARY), mean, 0.3, "near the loss of a uniform guess");
    assertTrue(report.tally().clipped() > 0 && report.tally().clipped() <= 8);
    assertTrue(report.tally().largestNorm() >= report.tally().norms() / 8);
    assertFalse(report.diverged());
    assertTrue(report.nanos() > 0);
  }

  @Test
  void stopsBeforeUpdatingWhenTheLossIsNotFinite() {
    LanePlan plan = adam(Cell.LSTM);
    StreamWindows windows = new StreamWindows(text(110), BATCH, WINDOW);
    Lane lane = new Lane(plan);
    lane.parameters[lane.parameters.length - 1] = Float.NaN;
    float[] before = lane.parameters.clone();
    LaneReport report = run(plan, windows, 2, 3, lane);
    assertTrue(report.diverged());
    assertEquals(EPOCH_OFFSET + 2, report.divergedAt());
    assertEquals(0, report.tally().steps());
    assertEquals(0, report.tally().loss());
    assertArrayEquals(before, lane.parameters);
    assertArrayEquals(new float[lane.optimizer.length], lane.optimizer);
  }

  @Test
  void stopsAtTheStepThatDiverges() {
    // The first update throws the parameters so far that the second loss cannot be finite.
    LanePlan plan =
        new LanePlan(
            architecture(Cell.RNN, 0),
            Objective.PLAIN,
            new Sgd(),
            new Constant(1e38, 0),
            Clipping.NONE,
            BATCH,
            WINDOW,
            0,
            SEED,
            200);
    StreamWindows windows = new StreamWindows(text(110), BATCH, WINDOW);
    LaneReport report = run(plan, windows, 0, 7, new Lane(plan));
    assertEquals(EPOCH_OFFSET + report.tally().steps(), report.divergedAt());
    assertTrue(
        report.tally().steps() >= 1 && report.tally().steps() < 7,
        "steps " + report.tally().steps());
    assertTrue(Double.isFinite(report.tally().loss()));
  }

  @Test
  void dependsOnLaneAndGlobalStepThroughDropout() {
    LanePlan plan = adam(Cell.LSTM);
    StreamWindows windows = new StreamWindows(text(110), BATCH, WINDOW);
    Lane lane = new Lane(plan);
    double loss = run(plan, windows, 0, 1, lane).tally().loss();
    Lane other = new Lane(plan);
    LaneReport otherLane =
        new LaneTrainer(plan, Cores.one(kernels))
            .run(
                LANE + 1,
                windows,
                new Stretch(0, 0, 1, 0, 0),
                other.parameters,
                other.optimizer,
                other.recurrent);
    assertNotEquals(loss, otherLane.tally().loss());
  }

  /** Four lanes of batch 3, one step each from the same parameters, equal one lane of batch 12. */
  @Test
  void averagedLanesEqualTheLargerBatch() {
    int lanes = 4;
    int[] text = text(1 + lanes * BATCH * WINDOW);
    LanePlan small = sgd(BATCH);
    int size = small.architecture().layout().size();
    double[] sum = new double[size];
    long tokens = 0;
    for (int i = 0; i < lanes; i++) {
      int from = i * BATCH * WINDOW;
      int[] part = Arrays.copyOfRange(text, from, from + BATCH * WINDOW + 1);
      tokens += addWeighted(small, new StreamWindows(part, BATCH, WINDOW), sum);
    }
    LanePlan large = sgd(lanes * BATCH);
    Lane one = new Lane(large);
    run(large, new StreamWindows(text, lanes * BATCH, WINDOW), 0, 1, one);
    assertMean(one.parameters, sum, tokens);
  }

  /** Sequences of other lengths give lanes other numbers of tokens; the mean weighs them. */
  @Test
  void unevenLanesAreWeightedByTokens() {
    int[][] sequences = {{1, 2, 3, 4, 5}, {2, 3, 1, 0, 6}, {4, 4}, {0, 1, 5}};
    double[] sum = new double[sgd(1).architecture().layout().size()];
    long tokens =
        addWeighted(sgd(2), sequenceWindows(Arrays.copyOfRange(sequences, 0, 2), 2), sum)
            + addWeighted(sgd(2), sequenceWindows(Arrays.copyOfRange(sequences, 2, 4), 2), sum);
    assertEquals(4 + 4 + 1 + 2, tokens);
    Lane one = new Lane(sgd(4));
    run(sgd(4), sequenceWindows(sequences, 4), 0, 1, one);
    assertMean(one.parameters, sum, tokens);
  }

  private static SequenceWindows sequenceWindows(int[][] sequences, int batch) {
    return new SequenceWindows(sequences, batch, WINDOW, SEED, 0);
  }

  private static LanePlan sgd(int batch) {
    return new LanePlan(
        architecture(Cell.LSTM, 0),
        Objective.PLAIN,
        new Sgd(),
        new Constant(1, 0),
        Clipping.NONE,
        batch,
        WINDOW,
        0,
        SEED,
        200);
  }

  /** Runs one step and adds tokens times parameters to the sum. */
  private long addWeighted(LanePlan plan, WindowSource windows, double[] sum) {
    Lane lane = new Lane(plan);
    long tokens = run(plan, windows, 0, 1, lane).tally().predictions();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += tokens * (double) lane.parameters[i];
    }
    return tokens;
  }

  /** Float rounding of gradients and parameters near 1. */
  private static void assertMean(float[] expected, double[] sum, long tokens) {
    for (int i = 0; i < sum.length; i++) {
      assertEquals(expected[i], sum[i] / tokens, 1e-6, "parameter " + i);
    }
  }

  /** Buffers are allocated by the constructor. */
  @Test
  void allocatesNoBuffersWhileStepping() {
    ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    LanePlan plan =
        new LanePlan(
            new LanguageArchitecture(Cell.LSTM, 200, 64, 64, 1, 0, false),
            Objective.PLAIN,
            new Sgd(),
            new Constant(0.1, 0),
            new Clipping(1),
            16,
            20,
            0,
            SEED,
            1000);
    int[] text = new int[8001];
    LaneTrainer trainer = new LaneTrainer(plan, Cores.one(kernels));
    StreamWindows windows = new StreamWindows(text, 16, 20);
    Lane lane = new Lane(plan);
    trainer.run(
        0, windows, new Stretch(0, 0, 1, 0, 0), lane.parameters, lane.optimizer, lane.recurrent);
    long before = threads.getCurrentThreadAllocatedBytes();
    trainer.run(
        0, windows, new Stretch(0, 1, 20, 0, 1), lane.parameters, lane.optimizer, lane.recurrent);
    long perStep = (threads.getCurrentThreadAllocatedBytes() - before) / 20;
    // Less than the smallest of a step's buffers, 16 · 20 · 64 floats; views of them are small.
    assertTrue(perStep < 80_000, "bytes per step: " + perStep);
  }
}
