package io.unroll.worker.benchmark;

import io.unroll.worker.decode.Sampler;
import io.unroll.worker.decode.SamplingOptions;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.math.Kernels;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Measures how long an untrained model takes to write a text, token after token, on one core: again
 * and again, first as a warm-up, then in the measured time.
 *
 * @param length tokens of the text
 * @param warmUp time that does not count, at least one text
 * @param measured time that counts, at least one text
 */
public record SampleBenchmark(Preset preset, int length, Duration warmUp, Duration measured) {
  private static final long SEED = 1;
  private static final int[] PROMPT = {0};

  public SampleBenchmark {
    if (length < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid sample: %d (expected at least 1)", length));
    }
  }

  /**
   * How fast it was.
   *
   * @param kernel name of the kernels
   * @param texts texts measured
   * @param seconds median time of a text
   * @param tokensPerSecond length / seconds
   */
  public record Speed(String kernel, int texts, double seconds, double tokensPerSecond) {}

  /** Runs it. */
  public Speed run() {
    Kernels kernels = KernelChoice.fastest();
    Sampler sampler = sampler(kernels);
    write(sampler, warmUp);
    long[] nanos = write(sampler, measured);
    double seconds = Median.of(nanos) / 1e9;
    return new Speed(kernels.name(), nanos.length, seconds, length / seconds);
  }

  /** Nanoseconds of each text. */
  private long[] write(Sampler sampler, Duration time) {
    LongStream.Builder nanos = LongStream.builder();
    long begin = System.nanoTime();
    do {
      long before = System.nanoTime();
      sampler.draw(PROMPT, length, Sampler.NO_END, token -> true);
      nanos.add(System.nanoTime() - before);
    } while (System.nanoTime() - begin < time.toNanos());
    return nanos.build().toArray();
  }

  private Sampler sampler(Kernels kernels) {
    LanguageArchitecture architecture = preset.architecture();
    LanguageModel model = new LanguageModel(architecture, 1, 1, Cores.one(kernels));
    model.use(LanguageModel.layout(architecture).initialParameters(SEED));
    return new Sampler(model, SamplingOptions.plain(SEED));
  }
}
