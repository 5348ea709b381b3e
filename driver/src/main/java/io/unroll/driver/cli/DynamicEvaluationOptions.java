package io.unroll.driver.cli;

import io.unroll.driver.evaluate.DynamicOptions;
import io.unroll.driver.model.TrainedModel;
import io.unroll.worker.model.LanguageArchitecture;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether a language model goes on learning while it is measured. */
final class DynamicEvaluationOptions {
  private static final double RATE = 5e-5;
  private static final double DECAY = 0.002;
  private static final double EPSILON = 2e-5;
  private static final int WINDOW = 5;

  @Option(
      names = "--dynamic",
      description =
          "of a model of running text: also measures it while it goes on learning from the split,"
              + " each window after it was measured (dynamic evaluation, Krause et al. 2018)")
  private boolean dynamic;

  @Option(
      names = "--dynamic-rate",
      paramLabel = "RATE",
      description = "with --dynamic: learning rate (default: 0.00005)")
  private Double rate;

  @Option(
      names = "--dynamic-decay",
      paramLabel = "SHARE",
      description =
          "with --dynamic: how fast parameters return to what was trained; 0 for not at all"
              + " (default: 0.002)")
  private Double decay;

  @Option(
      names = "--dynamic-epsilon",
      paramLabel = "NUMBER",
      description =
          "with --dynamic: added to the root of each parameter's mean squared gradient (default:"
              + " 0.00002)")
  private Double epsilon;

  @Option(
      names = "--dynamic-window",
      paramLabel = "STEPS",
      description = "with --dynamic: tokens that are measured at a time (default: 5)")
  private Integer window;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * What is asked; empty if nothing is.
   *
   * @throws UsageException if an option is given without --dynamic, or its value is none
   */
  Optional<DynamicOptions> options() {
    if (!dynamic) {
      refuseAlone("--dynamic-rate", rate);
      refuseAlone("--dynamic-decay", decay);
      refuseAlone("--dynamic-epsilon", epsilon);
      refuseAlone("--dynamic-window", window);
      return Optional.empty();
    }
    DynamicOptions options =
        new DynamicOptions(
            rate == null ? RATE : rate,
            decay == null ? DECAY : decay,
            epsilon == null ? EPSILON : epsilon,
            window == null ? WINDOW : window);
    require(options.rate() > 0, "--dynamic-rate", options.rate(), "above 0");
    require(options.decay() >= 0, "--dynamic-decay", options.decay(), "at least 0");
    require(options.epsilon() > 0, "--dynamic-epsilon", options.epsilon(), "above 0");
    OptionValues.requireAtLeastOne(spec, "--dynamic-window", options.window());
    return Optional.of(options);
  }

  private static void refuseAlone(String option, Number value) {
    if (value != null) {
      throw new UsageException("Invalid %s: it needs --dynamic".formatted(option));
    }
  }

  private static void require(boolean right, String option, double value, String expected) {
    if (!right || !Double.isFinite(value)) {
      throw new UsageException(
          String.format(Locale.ROOT, "Invalid %s: %s (expected %s)", option, value, expected));
    }
  }

  /**
   * Refuses to ask a model that predicts no text.
   *
   * @throws UsageException if it is asked
   */
  void refuse(TrainedModel model) {
    if (dynamic && !(model.architecture() instanceof LanguageArchitecture)) {
      throw new UsageException(
          "Invalid --dynamic: the model %s %s (expected one that predicts running text)"
              .formatted(model.uri(), model.purpose()));
    }
  }
}
