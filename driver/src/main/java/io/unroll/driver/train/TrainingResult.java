package io.unroll.driver.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.place.Place;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.run.Progress;
import io.unroll.driver.run.RunDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a start of a training run came to.
 *
 * @param configuration what it trained with; as it was asked for, if it failed before it began
 * @param progress how far the run is now, over all its starts
 * @param hasModel whether the best model is there
 * @param message why it failed; empty if it did not
 * @param began when this start began
 * @param ended when it ended
 */
public record TrainingResult(
    TrainingOutcome outcome,
    RunConfiguration configuration,
    Progress progress,
    boolean hasModel,
    Optional<String> message,
    Instant began,
    Instant ended) {

  /** Puts the keys of docs/formats/results.md into an object. */
  public void put(ObjectNode object) {
    String run = configuration.run();
    object.put("outcome", outcome.label());
    object.put("exit-code", outcome.exitCode());
    object.put("run-id", Place.of(run).getName());
    object.put("data", configuration.data()).put("run", run);
    object.put("continued-from", configuration.continueFrom().orElse(null));
    object.put("model", hasModel ? within(run, RunDirectory.BEST) : null);
    object.put("best-loss", progress.best().map(Progress.Best::loss).orElse(null));
    OptionalDouble accuracy =
        progress.best().map(best -> best.score().accuracy()).orElse(OptionalDouble.empty());
    object.put("best-accuracy", accuracy.isPresent() ? (Double) accuracy.getAsDouble() : null);
    object.put("best-round", progress.best().map(Progress.Best::round).orElse(null));
    object.put("rounds", progress.rounds());
    object.put("steps", progress.steps());
    object.put("tokens", progress.tokens());
    object.put("training-seconds", Stopwatch.seconds(progress.trainingTime()));
    object.put("seconds", Stopwatch.seconds(Duration.between(began, ended)));
    object.put("ended", ended.toString());
    object.put("message", message.orElse(null));
  }

  /** A place in a run directory as it was given, so that it can be typed again. */
  public static String within(String run, String name) {
    return run.endsWith("/") ? run + name : run + "/" + name;
  }
}
