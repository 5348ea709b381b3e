package io.unroll.driver.config;

import static io.unroll.driver.config.Range.aboveZero;
import static io.unroll.driver.config.Range.any;
import static io.unroll.driver.config.Range.atLeast;
import static io.unroll.driver.config.Range.fraction;
import static io.unroll.driver.config.Range.fractionAboveZero;
import static io.unroll.driver.config.Range.fractionBelowOne;
import static io.unroll.driver.config.Range.fractionInside;
import static io.unroll.driver.config.Range.ifPresentAtLeast;
import static io.unroll.driver.config.ValueType.DURATION_TYPE;
import static io.unroll.driver.config.ValueType.INTEGER;
import static io.unroll.driver.config.ValueType.LONG;
import static io.unroll.driver.config.ValueType.NUMBER;
import static io.unroll.driver.config.ValueType.SWITCH;
import static io.unroll.driver.config.ValueType.TEXT;
import static io.unroll.driver.config.ValueType.choice;
import static io.unroll.driver.config.ValueType.integerOr;

import io.unroll.dataprep.dataset.Split;
import io.unroll.worker.model.Cell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** The table of all settings of a run, in the order of files and documentation. */
public final class Settings {
  private static final List<Setting<?>> ALL = new ArrayList<>();

  public static final Setting<String> DATA =
      add(Setting.required("data", "dataset directory, as `prep` wrote it", c -> c.data()));
  public static final Setting<String> RUN =
      add(Setting.required("run", "run directory, made or continued", c -> c.run()));

  public static final Setting<Cell> CELL =
      add(
          "model.cell",
          choice(Cell.class),
          Cell.LSTM,
          any(),
          "recurrent cell",
          c -> c.model().cell());
  public static final Setting<Integer> LAYERS =
      add(
          "model.layers",
          INTEGER,
          2,
          atLeast(1),
          "recurrent layers, one on top of the other",
          c -> c.model().layers());
  public static final Setting<Integer> HIDDEN =
      add("model.hidden", INTEGER, 256, atLeast(1), "units per layer", c -> c.model().hidden());
  public static final Setting<Integer> EMBEDDING =
      add(
          "model.embedding",
          INTEGER,
          128,
          atLeast(1),
          "size of a token's vector",
          c -> c.model().embedding());
  public static final Setting<Double> DROPOUT =
      add(
          "model.dropout",
          NUMBER,
          0.0,
          fractionBelowOne(),
          "probability of dropping the output of a unit on its way up, not through time, while training",
          c -> c.model().dropout());
  public static final Setting<Boolean> TIE_WEIGHTS =
      add(
          "model.tie-weights",
          SWITCH,
          false,
          any(),
          "whether output layer and embedding share their weight; needs model.embedding = model.hidden",
          c -> c.model().tieWeights());

  public static final Setting<Integer> BATCH =
      add(
          "training.batch",
          INTEGER,
          32,
          atLeast(1),
          "sequences side by side in one step of one lane",
          c -> c.training().batch());
  public static final Setting<Integer> WINDOW =
      add(
          "training.window",
          INTEGER,
          64,
          atLeast(1),
          "time steps that one gradient is computed on (truncated back-propagation)",
          c -> c.training().window());
  public static final Setting<Double> STATE_RESET =
      add(
          "training.state-reset",
          NUMBER,
          0.02,
          fractionBelowOne(),
          "probability that a stream of text begins a window from a fresh state; 0 carries it for ever",
          c -> c.training().stateReset());
  public static final Setting<Integer> EPOCHS =
      add(
          "training.epochs",
          INTEGER,
          10,
          atLeast(1),
          "passes over the training split",
          c -> c.training().epochs());
  public static final Setting<OptionalInt> MAX_ROUNDS =
      add(
          "training.max-rounds",
          integerOr("none"),
          OptionalInt.empty(),
          ifPresentAtLeast(1),
          "rounds after which the run ends even before its last epoch",
          c -> c.training().maxRounds());
  public static final Setting<Long> SEED =
      add(
          "training.seed",
          LONG,
          1L,
          any(),
          "seed of initialisation, dropout, shuffling and samples",
          c -> c.training().seed());
  public static final Setting<Integer> PATIENCE =
      add(
          "training.patience",
          INTEGER,
          0,
          atLeast(0),
          "validations without improvement after which the run ends; 0 for never",
          c -> c.training().patience());

  public static final Setting<OptimizerSettings.Kind> OPTIMIZER =
      add(
          "optimizer.kind",
          choice(OptimizerSettings.Kind.class),
          OptimizerSettings.Kind.ADAM,
          any(),
          "update rule",
          c -> c.optimizer().kind());
  public static final Setting<Double> LEARNING_RATE =
      add(
          "optimizer.learning-rate",
          NUMBER,
          0.002,
          aboveZero(),
          "learning rate after the warm-up",
          c -> c.optimizer().learningRate());
  public static final Setting<Double> MOMENTUM =
      add(
          "optimizer.momentum",
          NUMBER,
          0.9,
          fractionBelowOne(),
          "momentum (kind momentum)",
          c -> c.optimizer().momentum());
  public static final Setting<Boolean> NESTEROV =
      add(
          "optimizer.nesterov",
          SWITCH,
          false,
          any(),
          "Nesterov's form (kind momentum)",
          c -> c.optimizer().nesterov());
  public static final Setting<Double> BETA1 =
      add(
          "optimizer.beta1",
          NUMBER,
          0.9,
          fractionBelowOne(),
          "decay of the mean gradient (kind adam)",
          c -> c.optimizer().beta1());
  public static final Setting<Double> BETA2 =
      add(
          "optimizer.beta2",
          NUMBER,
          0.999,
          fractionBelowOne(),
          "decay of the mean squared gradient (kind adam)",
          c -> c.optimizer().beta2());
  public static final Setting<Double> EPSILON =
      add(
          "optimizer.epsilon",
          NUMBER,
          1e-8,
          aboveZero(),
          "added to the divisor (kinds rmsprop and adam)",
          c -> c.optimizer().epsilon());
  public static final Setting<Double> ALPHA =
      add(
          "optimizer.alpha",
          NUMBER,
          0.99,
          fractionBelowOne(),
          "decay of the mean squared gradient (kind rmsprop)",
          c -> c.optimizer().alpha());
  public static final Setting<OptimizerSettings.Schedule> SCHEDULE =
      add(
          "optimizer.schedule",
          choice(OptimizerSettings.Schedule.class),
          OptimizerSettings.Schedule.CONSTANT,
          any(),
          "course of the learning rate after the warm-up",
          c -> c.optimizer().schedule());
  public static final Setting<Integer> WARM_UP =
      add(
          "optimizer.warm-up",
          INTEGER,
          0,
          atLeast(0),
          "steps over which the learning rate rises linearly from zero",
          c -> c.optimizer().warmUp());
  public static final Setting<Double> STEP_FACTOR =
      add(
          "optimizer.step-factor",
          NUMBER,
          0.5,
          fractionAboveZero(),
          "what the learning rate is multiplied by (schedule step)",
          c -> c.optimizer().stepFactor());
  public static final Setting<Integer> STEP_EPOCHS =
      add(
          "optimizer.step-epochs",
          INTEGER,
          1,
          atLeast(1),
          "epochs from one multiplication to the next (schedule step)",
          c -> c.optimizer().stepEpochs());
  public static final Setting<Double> FINAL_FRACTION =
      add(
          "optimizer.final-fraction",
          NUMBER,
          0.0,
          fraction(),
          "share of the learning rate that is left at the end (schedule cosine)",
          c -> c.optimizer().finalFraction());

  public static final Setting<ClippingSettings.Kind> CLIPPING =
      add(
          "clipping.kind",
          choice(ClippingSettings.Kind.class),
          ClippingSettings.Kind.NORM,
          any(),
          "clipping by the global L2 norm, or none",
          c -> c.clipping().kind());
  public static final Setting<Double> MAX_NORM =
      add(
          "clipping.max-norm",
          NUMBER,
          1.0,
          aboveZero(),
          "largest L2 norm that a gradient keeps (kind norm)",
          c -> c.clipping().maxNorm());

  public static final Setting<OptionalInt> LANES =
      add(
          "averaging.lanes",
          integerOr("cores"),
          OptionalInt.empty(),
          ifPresentAtLeast(1),
          "sequential streams of steps, fixed when a run begins; `cores` for as many as Spark offers then",
          c -> c.averaging().lanes());
  public static final Setting<OptionalInt> INTERVAL =
      add(
          "averaging.interval",
          integerOr("auto"),
          OptionalInt.of(10),
          ifPresentAtLeast(1),
          "steps of each lane from one averaging to the next: a round; `auto` measures the first rounds and settles",
          c -> c.averaging().interval());
  public static final Setting<Double> MAX_OVERHEAD =
      add(
          "averaging.max-overhead",
          NUMBER,
          0.05,
          fractionInside(),
          "share of the time that may go to synchronisation; the smallest such interval is taken (interval auto)",
          c -> c.averaging().maxOverhead());
  public static final Setting<Integer> AVERAGING_WARM_UP =
      add(
          "averaging.warm-up",
          INTEGER,
          0,
          atLeast(0),
          "rounds at the beginning that average after every step, plainly",
          c -> c.averaging().warmUp());
  public static final Setting<AveragingSettings.Outer> OUTER =
      add(
          "averaging.outer",
          choice(AveragingSettings.Outer.class),
          AveragingSettings.Outer.MEAN,
          any(),
          "what the driver makes of the averaged parameters (docs/distributed.md)",
          c -> c.averaging().outer());
  public static final Setting<Double> OUTER_MOMENTUM =
      add(
          "averaging.outer-momentum",
          NUMBER,
          0.5,
          fractionBelowOne(),
          "share of the last outer step that the next one goes on with (outer block-momentum and nesterov)",
          c -> c.averaging().outerMomentum());
  public static final Setting<Double> OUTER_LEARNING_RATE =
      add(
          "averaging.outer-learning-rate",
          NUMBER,
          1.0,
          aboveZero(),
          "factor of the way to the lanes' mean (outer block-momentum and nesterov)",
          c -> c.averaging().outerLearningRate());
  public static final Setting<AveragingSettings.OptimizerState> OPTIMIZER_STATE =
      add(
          "averaging.optimizer-state",
          choice(AveragingSettings.OptimizerState.class),
          AveragingSettings.OptimizerState.AVERAGE,
          any(),
          "what becomes of the lanes' optimiser state after a round: one mean for all, each its own, or zeros",
          c -> c.averaging().optimizerState());

  public static final Setting<OptionalInt> VALIDATION_EVERY =
      add(
          "validation.every",
          integerOr("epoch"),
          OptionalInt.empty(),
          ifPresentAtLeast(1),
          "rounds from one validation to the next; `epoch` for the end of each epoch",
          c -> c.validation().every());
  public static final Setting<Split> VALIDATION_SPLIT =
      add(
          "validation.split",
          choice(Split.class),
          Split.VALID,
          any(),
          "part of the dataset to validate on",
          c -> c.validation().split());

  public static final Setting<Duration> CHECKPOINT_EVERY =
      add(
          "checkpoint.every",
          DURATION_TYPE,
          Duration.ofSeconds(30),
          new Range<>("", value -> !value.isNegative()),
          "least time from one checkpoint to the next; 0s for one in every round",
          c -> c.checkpoint().every());

  public static final Setting<String> PROMPT =
      add(
          "sample.prompt",
          TEXT,
          "",
          any(),
          "text that the samples continue",
          c -> c.sample().prompt());
  public static final Setting<Integer> SAMPLE_LENGTH =
      add(
          "sample.length",
          INTEGER,
          200,
          atLeast(0),
          "tokens of the sample after each validation; 0 for none",
          c -> c.sample().length());
  public static final Setting<Double> TEMPERATURE =
      add(
          "sample.temperature",
          NUMBER,
          0.8,
          aboveZero(),
          "divisor of the logits: below 1 more likely tokens, above 1 more surprising ones",
          c -> c.sample().temperature());
  public static final Setting<Integer> TOP_K =
      add(
          "sample.top-k",
          INTEGER,
          0,
          atLeast(0),
          "only so many most likely tokens may be drawn; 0 for all",
          c -> c.sample().topK());
  public static final Setting<Double> TOP_P =
      add(
          "sample.top-p",
          NUMBER,
          1.0,
          fractionAboveZero(),
          "only the fewest tokens that have this probability together may be drawn",
          c -> c.sample().topP());

  private Settings() {}

  /** All settings. */
  public static List<Setting<?>> all() {
    return List.copyOf(ALL);
  }

  /** The setting of that key, if there is one. */
  public static Optional<Setting<?>> find(String key) {
    for (Setting<?> setting : ALL) {
      if (setting.key().equals(key)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }

  /** First parts of the keys, such as {@code model}. */
  static Set<String> sections() {
    Set<String> sections = new LinkedHashSet<>();
    ALL.forEach(setting -> sections.add(setting.section()));
    sections.remove("");
    return sections;
  }

  private static <T> Setting<T> add(
      String key,
      ValueType<T> type,
      T defaultValue,
      Range<T> range,
      String description,
      Function<RunConfiguration, T> value) {
    return add(Setting.of(key, type, defaultValue, range, description, value));
  }

  private static <T> Setting<T> add(Setting<T> setting) {
    ALL.add(setting);
    return setting;
  }
}
