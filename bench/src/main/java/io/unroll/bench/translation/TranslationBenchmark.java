package io.unroll.bench.translation;

import com.sun.management.OperatingSystemMXBean;
import io.unroll.worker.data.Example;
import io.unroll.worker.data.TextWindows;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.WordDropout;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.Connections;
import io.unroll.worker.model.Dropouts;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.EncoderDecoderArchitecture.Reader;
import io.unroll.worker.model.EncoderDecoderArchitecture.Writer;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.model.Stack;
import io.unroll.worker.model.Summary;
import io.unroll.worker.model.Tally;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.train.Adam;
import io.unroll.worker.train.Clipping;
import io.unroll.worker.train.Constant;
import io.unroll.worker.train.LanePlan;
import io.unroll.worker.train.LaneReport;
import io.unroll.worker.train.LaneTrainer;
import io.unroll.worker.train.Objective;
import io.unroll.worker.train.Stretch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Trains a model that translates, epoch after epoch on the same pairs, and prints its speed as
 * JSON: target tokens per second, those of the end included. Started by {@code bench/translation};
 * {@code bench/pytorch-translation.py} has the same model, and takes the same arguments:
 *
 * <pre>
 * FILE      a pair on each line: tokens of the source, a tab, tokens of the text from its begin to its end
 * THREADS
 * SECONDS   to measure for at least, in whole epochs, after a warm-up half as long
 * </pre>
 */
public final class TranslationBenchmark {
  private static final int VOCABULARY = 8000;
  private static final int EMBEDDING = 256;
  private static final int ENCODER = 256;
  private static final int DECODER = 512;
  private static final int ATTENTION = 256;
  private static final double INPUT_DROPOUT = 0.4;
  private static final double DROPOUT = 0.5;
  private static final double SMOOTHING = 0.1;
  private static final int BATCH = 64;
  private static final double RATE = 5e-4;
  private static final double MAX_NORM = 1;
  private static final long SEED = 1;

  private final LaneTrainer trainer;
  private final TextWindows windows;
  private final float[] parameters;
  private final float[] optimizerState;
  private int epoch;

  private TranslationBenchmark(Example[] pairs, int threads) {
    int longest =
        Arrays.stream(pairs)
            .mapToInt(pair -> Math.max(pair.steps(), pair.targets().length - 1))
            .max()
            .orElseThrow();
    Adam adam = new Adam(0.9, 0.999, 1e-8);
    LanePlan plan =
        new LanePlan(
            architecture(),
            Objective.PLAIN,
            adam,
            new Constant(RATE, 0),
            new Clipping(MAX_NORM),
            BATCH,
            longest,
            0,
            SEED,
            Integer.MAX_VALUE);
    this.trainer = new LaneTrainer(plan, Cores.of(threads, KernelChoice::fastest));
    this.windows = new TextWindows(pairs, BATCH, SEED, 0, false);
    this.parameters = architecture().layout().initialParameters(SEED);
    this.optimizerState = new float[adam.slots() * parameters.length];
  }

  /** The model, which {@link DecodingBenchmark} asks too. */
  static EncoderDecoderArchitecture architecture() {
    Cell cell = Cell.GRU_RESET_AFTER;
    return new EncoderDecoderArchitecture(
        new Reader(
            new Tokens(VOCABULARY, EMBEDDING, Optional.empty()),
            new Stack(cell, ENCODER, 1, true, Connections.PLAIN),
            false,
            EMBEDDING),
        new Writer(
            new Stack(cell, DECODER, 1, false, Connections.PLAIN), VOCABULARY, EMBEDDING, true),
        Summary.START,
        EncoderDecoderArchitecture.Attending.of(ATTENTION),
        new Dropouts(INPUT_DROPOUT, DROPOUT, false, WordDropout.NONE),
        SMOOTHING);
  }

  public static void main(String[] arguments) throws IOException {
    double seconds = Double.parseDouble(arguments[2]);
    TranslationBenchmark benchmark =
        new TranslationBenchmark(read(Path.of(arguments[0])), Integer.parseInt(arguments[1]));
    benchmark.train(seconds / 2);
    System.out.println(benchmark.train(seconds));
  }

  static Example[] read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> line.split("\t", -1))
        .map(sides -> Example.ofTokens(tokens(sides[0]), tokens(sides[1])))
        .toArray(Example[]::new);
  }

  private static int[] tokens(String numbers) {
    return Arrays.stream(numbers.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
  }

  /** Whole epochs for so many seconds, at least one. */
  private String train(double seconds) {
    Tally tally = Tally.NONE;
    long nanos = 0;
    long cpu = cpuNanos();
    while (nanos == 0 || nanos < seconds * 1e9) {
      LaneReport report = epoch();
      tally = tally.plus(report.tally());
      nanos += report.nanos();
    }
    return String.format(
        Locale.ROOT,
        "{\"tokens-per-second\": %.1f, \"steps\": %d, \"seconds\": %.3f, \"cpu-seconds\": %.3f,"
            + " \"loss\": %.4f}",
        tally.predictions() / (nanos / 1e9),
        tally.steps(),
        nanos / 1e9,
        (cpuNanos() - cpu) / 1e9,
        tally.meanLoss());
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private LaneReport epoch() {
    int steps = windows.steps(epoch);
    long before = (long) epoch * steps;
    Stretch stretch = new Stretch(epoch, 0, steps, before, before);
    LaneReport report = trainer.run(0, windows, stretch, parameters, optimizerState, new float[0]);
    if (report.diverged()) {
      throw new IllegalStateException("Cannot measure: the training diverged");
    }
    epoch++;
    return report;
  }
}
