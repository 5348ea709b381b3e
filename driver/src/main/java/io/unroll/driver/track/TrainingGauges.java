package io.unroll.driver.track;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.unroll.driver.report.RunEvent;
import io.unroll.driver.report.RunListener;
import io.unroll.driver.report.Scalars;
import io.unroll.driver.report.TokenUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest numbers of the training that runs in this process, for Spark's metrics: what {@link
 * Scalars} has, with dots in place of slashes, and {@value #ROUND} and {@value #CHECKPOINT_AGE}.
 * NaN before there is any.
 */
public final class TrainingGauges implements RunListener {
  static final String ROUND = "progress.round";
  static final String CHECKPOINT_AGE = "checkpoint.age-seconds";

  /** Spark asks for gauges by their names, before any training begins. */
  private static final List<String> NAMES =
      List.of(
          "loss.train",
          "loss.valid",
          "perplexity.train",
          "perplexity.valid",
          "bits-per-char.train",
          "bits-per-char.valid",
          "accuracy.valid",
          "gradient.norm",
          "gradient.max-norm",
          "gradient.clipped-share",
          "averaging.steps",
          "averaging.drift",
          "averaging.outer-norm",
          "progress.epoch",
          "progress.learning-rate",
          "progress.tokens-per-second",
          "progress.seconds",
          "progress.overhead-share",
          ROUND);

  private static final Map<String, Double> NEWEST = new ConcurrentHashMap<>();
  private static volatile long savedAt;
  private static volatile boolean saved;

  private final TokenUnit unit;

  /** Of a start of a run; what another has left is forgotten. */
  public TrainingGauges(TokenUnit unit) {
    this.unit = unit;
    NEWEST.clear();
    saved();
  }

  static void register(MetricRegistry registry) {
    for (String name : NAMES) {
      registry.register(name, (Gauge<Double>) () -> NEWEST.getOrDefault(name, Double.NaN));
    }
    registry.register(CHECKPOINT_AGE, (Gauge<Double>) TrainingGauges::age);
  }

  private static double age() {
    return saved ? (System.nanoTime() - savedAt) / 1e9 : Double.NaN;
  }

  @Override
  public void tell(RunEvent event) {
    Scalars.of(event, unit).forEach((tag, value) -> NEWEST.put(tag.replace('/', '.'), value));
    NEWEST.put(ROUND, (double) event.round());
  }

  @Override
  public void saved() {
    savedAt = System.nanoTime();
    saved = true;
  }

  @Override
  public void close() {
    NEWEST.clear();
    saved = false;
  }
}
