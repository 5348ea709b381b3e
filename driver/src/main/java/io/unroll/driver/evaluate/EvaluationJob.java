package io.unroll.driver.evaluate;

import io.unroll.driver.data.Measurable;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.Tally;
import io.unroll.worker.parallel.Cores;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Measures a model on a split as one Spark job. Every task adds the losses of its segments, or
 * examples, in their order, the driver those of the tasks in theirs, so the number is the same on
 * any cluster.
 */
public final class EvaluationJob {
  private EvaluationJob() {}

  /**
   * Runs the job.
   *
   * @param measurables one element per partition
   */
  public static Tally run(
      JavaSparkContext context,
      JavaRDD<Measurable> measurables,
      Architecture architecture,
      float[] parameters) {
    Broadcast<float[]> broadcast = context.broadcast(parameters);
    try {
      List<Tally> parts =
          measurables
              .map(part -> withCores(cores -> part.measure(architecture, broadcast.value(), cores)))
              .collect();
      return parts.stream().reduce(Tally.NONE, Tally::plus);
    } finally {
      broadcast.destroy();
    }
  }

  /**
   * Measures language models that predict together, by the mean of their probabilities.
   *
   * @param measurables segments of text, one element per partition
   * @param voters at least one
   */
  static Tally together(
      JavaSparkContext context, JavaRDD<Measurable> measurables, List<Measurable.Voter> voters) {
    Broadcast<List<Measurable.Voter>> broadcast = context.broadcast(voters);
    try {
      return measurables
          .map(
              part ->
                  withCores(cores -> ((Measurable.Text) part).measure(broadcast.value(), cores)))
          .collect()
          .stream()
          .reduce(Tally.NONE, Tally::plus);
    } finally {
      broadcast.destroy();
    }
  }

  /** Does some work with the cores of the task that this is. */
  static <T> T withCores(Function<Cores, T> work) {
    Cores cores = Cores.of(TaskContext.get().cpus(), KernelChoice::fastest);
    return cores.withThreads("evaluation", () -> work.apply(cores));
  }
}
