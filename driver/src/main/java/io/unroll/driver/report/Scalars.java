package io.unroll.driver.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** What events have that is plotted over the rounds, by the names that it has everywhere. */
public final class Scalars {
  private Scalars() {}

  /**
   * The numbers of an event; none of most kinds.
   *
   * @param unit decides between perplexity and bits per character
   */
  public static Map<String, Double> of(RunEvent event, TokenUnit unit) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    if (event instanceof RoundMetrics round) {
      losses(scalars, unit, "train", round.loss());
      scalars.put("gradient/norm", round.gradientNorm());
      scalars.put("gradient/max-norm", round.maxGradientNorm());
      scalars.put("gradient/clipped-share", round.clippedShare());
      scalars.put("averaging/steps", (double) round.steps());
      scalars.put("averaging/drift", round.drift());
      scalars.put("averaging/outer-norm", round.outerNorm());
      scalars.put("progress/epoch", round.epoch());
      scalars.put("progress/learning-rate", round.learningRate());
      scalars.put("progress/tokens-per-second", round.tokensPerSecond());
      scalars.put("progress/seconds", round.seconds());
      scalars.put("progress/overhead-share", round.overheadShare());
    } else if (event instanceof ValidationMetrics validation) {
      losses(scalars, unit, "valid", validation.loss());
      validation.accuracy().ifPresent(share -> scalars.put("accuracy/valid", share));
      validation.averageLoss().ifPresent(loss -> losses(scalars, unit, "valid-average", loss));
    }
    return scalars;
  }

  private static void losses(
      Map<String, Double> scalars, TokenUnit unit, String split, double loss) {
    scalars.put("loss/" + split, loss);
    if (unit != TokenUnit.LABEL) {
      String measure = unit == TokenUnit.CHARACTER ? "bits-per-char" : "perplexity";
      scalars.put(measure + "/" + split, unit.measured(loss));
    }
  }
}
