package io.unroll.driver.evaluate;

import io.unroll.dataprep.DataException;
import io.unroll.driver.data.LaneData;
import io.unroll.driver.data.LaneSize;
import io.unroll.driver.data.SplitData;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.Tally;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.train.Clipping;
import io.unroll.worker.train.Constant;
import io.unroll.worker.train.DynamicUpdate;
import io.unroll.worker.train.LanePlan;
import io.unroll.worker.train.LaneReport;
import io.unroll.worker.train.LaneTrainer;
import io.unroll.worker.train.Objective;
import io.unroll.worker.train.Optimizer;
import io.unroll.worker.train.SquaredGradients;
import io.unroll.worker.train.Stretch;
import java.io.Serializable;
import java.util.Locale;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Dynamic evaluation of a language model (Krause et al. 2018): it reads a running text from its
 * beginning to its end, some steps at a time, each of which is measured before the model learns
 * from it ({@link DynamicUpdate}). The text is one lane of one stream, so one task does it all. How
 * much each parameter's gradient varies is measured on the training split first.
 */
final class DynamicEvaluation {
  /** Streams of the training split side by side, as in the authors' code. */
  private static final int BATCH = 100;

  /** The parts of a model that one lane starts from. */
  private record Start(float[] parameters, float[] state) implements Serializable {}

  /** What a lane ends with. */
  private record End(LaneReport report, float[] state, long steps) implements Serializable {}

  private final JavaSparkContext context;
  private final LanguageArchitecture architecture;
  private final DynamicOptions options;

  DynamicEvaluation(
      JavaSparkContext context, LanguageArchitecture architecture, DynamicOptions options) {
    this.context = context;
    this.architecture = architecture.withoutDropout();
    this.options = options;
  }

  /**
   * Measures.
   *
   * @param train split that the model was trained on, running text
   * @param measured split that it is measured on, likewise
   * @throws DataException if the loss does not stay finite
   */
  Tally run(SplitData train, SplitData measured, float[] parameters) {
    ParameterLayout layout = architecture.layout();
    train.requireWorkFor(1, 1);
    int batch = (int) Math.min(BATCH, train.predictions());
    Start untouched = new Start(parameters, new float[layout.size()]);
    End trained = lane(train, plan(new SquaredGradients(), batch), untouched);
    DynamicUpdate update = new DynamicUpdate(options.decay(), options.epsilon());
    float[] state = update.state(layout, parameters, trained.state(), trained.steps());
    LaneReport report = lane(measured, plan(update, 1), new Start(parameters, state)).report();
    if (report.divergedAt() >= 0 || !Double.isFinite(report.tally().meanLoss())) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot evaluate dynamically: the loss is no longer finite after %,d tokens (lower --dynamic-rate, now %s)",
              report.tally().predictions(),
              options.rate()));
    }
    return report.tally();
  }

  private LanePlan plan(Optimizer rule, int batch) {
    return new LanePlan(
        architecture,
        Objective.PLAIN,
        rule,
        new Constant(options.rate(), 0),
        Clipping.NONE,
        batch,
        options.window(),
        0,
        0,
        1);
  }

  /** All steps of a split's only lane. */
  private End lane(SplitData split, LanePlan plan, Start start) {
    Broadcast<Start> broadcast = context.broadcast(start);
    try {
      JavaRDD<LaneData> lanes = split.lanes(1, true, false);
      return lanes.map(data -> steps(data, plan, broadcast.value())).collect().get(0);
    } finally {
      broadcast.destroy();
    }
  }

  private static End steps(LaneData data, LanePlan plan, Start start) {
    LaneSize size = data.size(plan.batch(), plan.window());
    float[] parameters = start.parameters().clone();
    float[] state = start.state().clone();
    float[] recurrent = new float[plan.architecture().stateSize() * plan.batch()];
    Cores cores = Cores.of(TaskContext.get().cpus(), KernelChoice::fastest);
    LaneReport report =
        new LaneTrainer(plan, cores)
            .run(
                0,
                data.windows(plan, 0),
                new Stretch(0, 0, size.steps(), 0, 0),
                parameters,
                state,
                recurrent);
    // Nobody asks for what the other rule remembers, three times the size of the model.
    boolean squares = plan.optimizer() instanceof SquaredGradients;
    return new End(report, squares ? state : new float[0], size.steps());
  }
}
