package io.unroll.worker.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.data.Example;
import io.unroll.worker.data.ExampleWindows;
import io.unroll.worker.data.TextWindows;
import io.unroll.worker.data.WindowSource;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.Pooling;
import io.unroll.worker.layer.WordDropout;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.EncoderDecoderArchitecture.Reader;
import io.unroll.worker.model.EncoderDecoderArchitecture.Writer;
import io.unroll.worker.model.LabelerArchitecture.Numbers;
import io.unroll.worker.model.LabelerArchitecture.Source;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.train.Clipping;
import io.unroll.worker.train.Constant;
import io.unroll.worker.train.LaneMemory;
import io.unroll.worker.train.LanePlan;
import io.unroll.worker.train.LaneTrainer;
import io.unroll.worker.train.Objective;
import io.unroll.worker.train.Sgd;
import io.unroll.worker.train.Stretch;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The heap that training a labeler, or an encoder-decoder, takes is about what is computed before.
 */
class ExampleMemoryTest {
  private static final int BATCH = 64;
  private static final int WINDOW = 60;
  private static final int VOCABULARY = 5_000;

  /**
   * The garbage collector gives each large array whole regions of a megabyte or more, and a deep
   * stack has some sixty.
   */
  private static final double ROUNDING = 100e6;

  @Test
  void countsTheParametersOfEveryArchitecture() {
    for (LabelerCase each : LabelerCase.all()) {
      LabelerArchitecture architecture = each.architecture();
      assertEquals(
          architecture.layout().size(),
          LaneMemory.of(architecture, 2, 3, 1, 1).parameters(),
          each.toString());
    }
    for (EncoderDecoderCase each : EncoderDecoderCase.all()) {
      EncoderDecoderArchitecture architecture = each.architecture();
      assertEquals(
          architecture.layout().size(),
          LaneMemory.of(architecture, 2, 3, 1, 1).parameters(),
          each.toString());
    }
  }

  static List<Architecture> architectures() {
    Source tokens = new Tokens(VOCABULARY, 150, Optional.empty());
    Stack plain = new Stack(Cell.LSTM, 200, 2, true, Connections.PLAIN);
    Stack skip = new Stack(Cell.GRU, 150, 3, true, Connections.SKIP);
    Stack residual = new Stack(Cell.GRU_RESET_AFTER, 300, 3, false, Connections.RESIDUAL);
    Dropouts dropout = new Dropouts(0.4, 0.5, false, WordDropout.NONE);
    Dropouts locked = new Dropouts(0, 0.5, true, WordDropout.NONE);
    return List.of(
        new LabelerArchitecture(tokens, plain, 5, List.of(Pooling.MAX, Pooling.LAST), dropout),
        new LabelerArchitecture(tokens, skip, 50, List.of(), Dropouts.NONE),
        new LabelerArchitecture(new Numbers(100), residual, 10, List.of(Pooling.MEAN), locked),
        new EncoderDecoderArchitecture(
            new Reader(tokens, skip, false, 150),
            new Writer(
                new Stack(Cell.GRU, 400, 1, false, Connections.PLAIN), VOCABULARY, 150, true),
            Summary.BOTH,
            EncoderDecoderArchitecture.Attending.of(200),
            dropout,
            0.1));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void isAboutWhatTheFormulaSays(Architecture architecture) {
    LanePlan plan =
        new LanePlan(
            architecture,
            Objective.PLAIN,
            new Sgd(),
            new Constant(0.1, 0),
            new Clipping(1),
            BATCH,
            WINDOW,
            0,
            1,
            1);
    Example[] examples = examples(architecture);
    long before = heapInUse();
    float[] parameters = architecture.layout().initialParameters(1);
    LaneTrainer trainer = new LaneTrainer(plan, Cores.one(KernelChoice.fastest()));
    WindowSource windows = windows(architecture, examples);
    trainer.run(0, windows, new Stretch(0, 0, 1, 0, 0), parameters, new float[0], new float[0]);
    long taken = heapInUse() - before;
    double expected = LaneMemory.of(architecture, BATCH, WINDOW, 0, 1).bytes();
    assertTrue(
        taken > 0.8 * expected && taken < 1.2 * expected + ROUNDING,
        () ->
            String.format(Locale.ROOT, "bytes per lane: %d, by the formula %.0f", taken, expected));
    // The lane is needed to the end.
    trainer.run(0, windows, new Stretch(0, 0, 1, 0, 0), parameters, new float[0], new float[0]);
  }

  private static WindowSource windows(Architecture architecture, Example[] examples) {
    return architecture instanceof LabelerArchitecture labeler
        ? new ExampleWindows(examples, labeler.isPooled(), BATCH, 1, 0, false, new float[0])
        : new TextWindows(examples, BATCH, 1, 0, false);
  }

  private static Example[] examples(Architecture architecture) {
    Random random = new Random(1);
    Example[] examples = new Example[BATCH];
    for (int x = 0; x < BATCH; x++) {
      boolean pooled = architecture instanceof LabelerArchitecture labeler && labeler.isPooled();
      int[] targets = new int[pooled ? 1 : WINDOW];
      int size = architecture.vectorSize();
      examples[x] =
          size > 0
              ? Example.ofVectors(WINDOW, new float[WINDOW * size], targets)
              : Example.ofTokens(random.ints(WINDOW, 0, VOCABULARY).toArray(), targets);
    }
    return examples;
  }

  private static long heapInUse() {
    for (int x = 0; x < 3; x++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
