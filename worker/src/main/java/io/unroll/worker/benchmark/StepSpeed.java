package io.unroll.worker.benchmark;

import java.util.List;

/**
 * How fast training steps were.
 *
 * @param kernel name of the kernels
 * @param lanes lanes that ran at the same time
 * @param steps steps measured, of all lanes
 * @param tokensPerSecond sum over the lanes of T·B / median step time
 * @param stepMilliseconds the step time that this rate stands for: with one lane its median, with
 *     several the harmonic mean of their medians
 * @param gflops nominal: {@link Preset#flopsPerToken()} · tokens per second / 10⁹
 * @param executedGflops {@link Preset#executedFlopsPerToken} · tokens per second / 10⁹
 */
public record StepSpeed(
    String kernel,
    int lanes,
    int steps,
    double tokensPerSecond,
    double stepMilliseconds,
    double gflops,
    double executedGflops) {
  /**
   * Sums up measurements.
   *
   * @param distinctShare distinct tokens of a window over all its tokens
   * @param nanos step times of each lane; none may be empty
   */
  static StepSpeed of(
      Preset preset, int batch, String kernel, double distinctShare, List<long[]> nanos) {
    double tokens = (double) preset.window() * batch;
    double perSecond = 0;
    int steps = 0;
    for (long[] lane : nanos) {
      perSecond += tokens / (Median.of(lane) / 1e9);
      steps += lane.length;
    }
    double milliseconds = 1e3 * nanos.size() * tokens / perSecond;
    double gflops = preset.flopsPerToken() * perSecond / 1e9;
    double executed = preset.executedFlopsPerToken(distinctShare) * perSecond / 1e9;
    return new StepSpeed(kernel, nanos.size(), steps, perSecond, milliseconds, gflops, executed);
  }
}
