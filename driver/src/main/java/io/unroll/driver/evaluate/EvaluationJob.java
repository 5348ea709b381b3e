package io.unroll.driver.evaluate;

import io.unroll.worker.evaluate.Evaluator;
import io.unroll.worker.evaluate.Segment;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.model.Tally;
import io.unroll.worker.parallel.Cores;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Measures a model on a split as one Spark job. Every task adds the losses of its segments in their
 * order, the driver those of the tasks in theirs, so the number is the same on any cluster.
 */
public final class EvaluationJob {
  /** Time steps and segments that a task reads at a time; without influence on the result. */
  private static final int WINDOW = 64;

  private static final int BATCH = 32;

  private EvaluationJob() {}

  /**
   * Runs the job.
   *
   * @param segments one element per partition
   */
  public static Tally run(
      JavaSparkContext context,
      JavaRDD<List<Segment>> segments,
      Architecture architecture,
      float[] parameters) {
    Broadcast<float[]> broadcast = context.broadcast(parameters);
    try {
      List<Tally> parts =
          segments.map(part -> evaluate(architecture, broadcast.value(), part)).collect();
      return parts.stream().reduce(Tally.NONE, Tally::plus);
    } finally {
      broadcast.destroy();
    }
  }

  private static Tally evaluate(
      Architecture architecture, float[] parameters, List<Segment> segments) {
    Cores cores = Cores.of(TaskContext.get().cpus(), KernelChoice::fastest);
    Evaluator evaluator = evaluator(architecture, parameters, cores);
    return cores.withThreads("evaluation", () -> evaluator.losses(segments)).stream()
        .reduce(Tally.NONE, Tally::plus);
  }

  private static Evaluator evaluator(Architecture architecture, float[] parameters, Cores cores) {
    LanguageModel model = new LanguageModel(architecture, WINDOW, BATCH, cores);
    model.use(parameters);
    return new Evaluator(model, WINDOW, BATCH);
  }
}
