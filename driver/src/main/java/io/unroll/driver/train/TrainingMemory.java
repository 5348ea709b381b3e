package io.unroll.driver.train;

import io.unroll.driver.config.AveragingSettings.OptimizerState;
import io.unroll.driver.config.ConfigurationException;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.memory.Memory;
import io.unroll.driver.model.Task;
import io.unroll.driver.round.OuterStep;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.train.LaneMemory;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkContext;

/** Refuses trainings that cannot fit into memory, before anything is allocated or written. */
final class TrainingMemory {
  /** What a lane takes is within 15 % of what is computed: only what is sure is refused. */
  private static final double SURE = 0.85;

  /** The driver has the state before and after a round. */
  private static final int STATES = 2;

  private static final String SMALLER =
      "lower model.hidden, model.embedding, model.layers, training.batch or training.window";

  private final RunConfiguration configuration;
  private final LaneMemory lane;
  private final int slots;

  private TrainingMemory(RunConfiguration configuration, Task task, int cores) {
    Architecture architecture = task.architecture(configuration.model());
    this.configuration = configuration;
    this.slots = configuration.optimizer().rule().slots();
    this.lane =
        LaneMemory.of(
            architecture,
            configuration.training().batch(),
            task.window(configuration.training()),
            slots,
            cores);
  }

  /**
   * Compares what is needed with what this process and its executors have.
   *
   * @throws ConfigurationException if no memory is enough, because Java's arrays are too short
   * @throws io.unroll.driver.memory.NotEnoughMemoryException if the memory that there is is too
   *     small
   */
  static void require(SparkContext spark, RunConfiguration configuration, Task task) {
    TrainingMemory needed = new TrainingMemory(configuration, task, LaneSlots.cores(spark));
    needed.requireArrays(task);
    if (spark.isLocal()) {
      int lanes = LaneSlots.count(spark);
      lanes = Math.min(lanes, configuration.averaging().lanes().orElse(lanes));
      needed.require(Memory.here(), needed.driverBytes() + lanes * needed.laneBytes());
    } else {
      needed.require(Memory.here(), needed.driverBytes());
      needed.require(ofExecutor(spark), needed.laneBytes());
    }
  }

  private void requireArrays(Task task) {
    if (!lane.addressable()) {
      throw new ConfigurationException(
          List.of(
              String.format(
                  Locale.ROOT,
                  "Cannot train a model of %.4g parameters (%s): an array of %.4g numbers would be needed (expected fewer than 2^31; model.hidden is %d, model.embedding %d, model.layers %d, %s, training.batch %d, time steps %d). To make it fit, %s",
                  lane.parameters(),
                  Memory.text(Float.BYTES * lane.parameters()),
                  lane.largestArray(),
                  configuration.model().hidden(),
                  configuration.model().embedding(),
                  configuration.model().layers(),
                  task.description(),
                  configuration.training().batch(),
                  task.window(configuration.training()),
                  SMALLER)));
    }
  }

  private void require(Memory memory, double bytes) {
    String action =
        String.format(
            Locale.ROOT,
            "train a model of %,.0f parameters (%s; a lane takes %s with gradient, optimizer state and what it keeps of a window)",
            lane.parameters(),
            Memory.text(Float.BYTES * lane.parameters()),
            Memory.text(lane.bytes()));
    memory.require(bytes, action, SMALLER);
  }

  private double laneBytes() {
    return SURE * lane.bytes();
  }

  private double driverBytes() {
    boolean averaged = configuration.averaging().optimizerState() == OptimizerState.AVERAGE;
    int perParameter =
        1 + (averaged ? slots : 0) + OuterStep.of(configuration.averaging()).stateSize(1);
    return STATES * perParameter * lane.parameters() * Float.BYTES;
  }

  private static Memory ofExecutor(SparkContext spark) {
    long bytes = spark.getConf().getSizeAsBytes("spark.executor.memory", "1g");
    return new Memory(bytes, "an executor", "spark.executor.memory=");
  }
}
