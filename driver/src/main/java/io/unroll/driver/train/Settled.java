package io.unroll.driver.train;

import static io.unroll.driver.config.AveragingSettings.LANES;

import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.driver.config.ModelSettings;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.run.Progress;
import io.unroll.driver.run.RunDirectory;
import io.unroll.driver.run.RunIdentity;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start of a run trains with: as it was asked, with what only the run that is there, the
 * machine or the model to continue from can say.
 *
 * @param base the model that the training begins with; empty if with random values, or if the run
 *     has begun already
 */
record Settled(RunConfiguration configuration, Optional<BaseModel> base) {
  private static final Logger LOG = LoggerFactory.getLogger(Settled.class);

  /**
   * Settles a configuration.
   *
   * @throws io.unroll.driver.config.ConfigurationException if the model to continue from has
   *     another shape than the one that was asked for
   * @throws io.unroll.dataprep.DataException if that model cannot be used with the dataset
   */
  static Settled of(
      SparkSession spark,
      RunConfiguration asked,
      RunDirectory directory,
      DatasetDirectory dataset) {
    Optional<RunIdentity> stored = directory.checkpoints().identity();
    RunConfiguration configuration = withLanes(asked, stored, spark);
    if (directory.checkpoints().progress().map(Progress::rounds).orElse(0) > 0) {
      return new Settled(goingOn(configuration, stored.orElseThrow().settings()), Optional.empty());
    }
    Optional<BaseModel> base =
        asked
            .continueFrom()
            .map(uri -> BaseModel.read(uri, dataset, spark.sparkContext().hadoopConfiguration()));
    return new Settled(base.map(model -> model.settle(configuration)).orElse(configuration), base);
  }

  private static RunConfiguration withLanes(
      RunConfiguration asked, Optional<RunIdentity> stored, SparkSession spark) {
    if (asked.averaging().lanes().isPresent()) {
      return asked;
    }
    OptionalInt lanes =
        stored
            .map(identity -> identity.settings().get(LANES.key()))
            .map(LANES::parse)
            .orElseGet(() -> OptionalInt.of(LaneSlots.count(spark.sparkContext())));
    return asked.with(LANES, lanes);
  }

  /** A run that has begun from a model has its shape, and needs that model no more. */
  private static RunConfiguration goingOn(RunConfiguration asked, Map<String, String> stored) {
    String begun = stored.getOrDefault(RunConfiguration.CONTINUE_FROM.key(), "");
    if (begun.isEmpty()) {
      asked
          .continueFrom()
          .ifPresent(
              model ->
                  LOG.warn(
                      "The run in {} began without a model to continue from, so {} is not used",
                      asked.run(),
                      model));
      return asked.with(RunConfiguration.CONTINUE_FROM, "");
    }
    return asked
        .withModel(
            RunConfiguration.ofStored(stored).model(),
            ModelSettings.Part.ALL,
            "with which the run began")
        .with(RunConfiguration.CONTINUE_FROM, begun);
  }
}
