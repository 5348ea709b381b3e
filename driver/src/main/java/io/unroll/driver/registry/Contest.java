package io.unroll.driver.registry;

import io.unroll.dataprep.DataException;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a candidate is compared with the champion.
 *
 * @param by how much lower its loss has to be, in nats per token, at least 0
 */
public record Contest(Judge judge, double by) {
  /** Measures models on one text. */
  public interface Judge {
    /** Mean loss, in nats per token, of a model: its directory, or the champion of a registry. */
    double loss(String uri);

    /** The text. */
    HeldOut on();
  }

  public Contest {
    if (!(by >= 0 && by < Double.POSITIVE_INFINITY)) { // negated, so NaN is refused too
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid by: %s (expected a finite number from 0)", by));
    }
  }

  /**
   * Measures both.
   *
   * @param candidate directory of the model
   * @param champion version in service; empty if there is none
   * @throws DataException if the candidate's loss is not finite
   */
  Judgement judge(String candidate, Registry registry, OptionalInt champion) {
    double loss = judge.loss(candidate);
    if (!Double.isFinite(loss)) {
      throw new DataException(
          "Cannot promote the model %s: its loss is %s (expected a finite one; its parameters are too large)"
              .formatted(candidate, Double.toString(loss)));
    }
    OptionalDouble championLoss =
        champion.isPresent()
            ? finite(judge.loss(registry.uri() + "/" + Registry.CHAMPION))
            : OptionalDouble.empty();
    return new Judgement(judge.on(), by, loss, champion, championLoss);
  }

  private static OptionalDouble finite(double loss) {
    return Double.isFinite(loss) ? OptionalDouble.of(loss) : OptionalDouble.empty();
  }
}
