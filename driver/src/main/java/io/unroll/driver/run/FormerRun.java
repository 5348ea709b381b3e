package io.unroll.driver.run;

import io.unroll.driver.config.ConfigurationException;
import io.unroll.worker.format.ModelFiles;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier run left in a directory in which one is to begin. Its metrics and its best model
 * are never replaced in silence.
 */
final class FormerRun {
  private static final Logger LOG = LoggerFactory.getLogger(FormerRun.class);

  private FormerRun() {}

  /**
   * Refuses a directory whose checkpoints were removed.
   *
   * @throws ConfigurationException if there are metrics or a model, but nothing that was to become
   *     a checkpoint: a run writes one before it tells anything
   */
  static void refuseWithoutCheckpoints(Storage storage, CheckpointStore checkpoints) {
    if (checkpoints.progress().isPresent() || checkpoints.unfinishedOnly()) {
      return;
    }
    List<String> found = new ArrayList<>();
    if (hasMetrics(storage)) {
      found.add(MetricsLog.FILE);
    }
    if (hasBest(storage)) {
      found.add(RunDirectory.BEST + "/");
    }
    if (!found.isEmpty()) {
      throw new ConfigurationException(
          List.of(
              "Invalid run: %s (expected a new directory, or a run to go on with; this one has %s, but no checkpoint any more). Give another --run, restore checkpoints/, or remove the directory to begin anew"
                  .formatted(storage.uri(""), String.join(" and ", found))));
    }
  }

  /** Keeps metrics and best model under other names, if there is no checkpoint to go on from. */
  static void setAsideIfUseless(Storage storage, CheckpointStore checkpoints) {
    if (checkpoints.progress().isPresent()) {
      return;
    }
    List<String> kept = new ArrayList<>();
    if (hasMetrics(storage)) {
      kept.add(setMetricsAside(storage));
    }
    if (hasBest(storage)) {
      kept.add(setBestAside(storage));
    }
    if (!kept.isEmpty()) {
      LOG.warn(
          "The training in {} starts from the beginning: there is no checkpoint to go on from. What"
              + " it had told before is kept in {}",
          storage.uri(""),
          String.join(" and ", kept));
    }
  }

  private static String setMetricsAside(Storage storage) {
    String aside = unused(storage, "metrics-", ".jsonl");
    storage.copy(MetricsLog.FILE, aside);
    storage.delete(MetricsLog.FILE);
    return aside;
  }

  private static String setBestAside(Storage storage) {
    String aside = unused(storage, RunDirectory.BEST + "-", "");
    ModelDirectory.copy(storage, RunDirectory.BEST, aside);
    storage.delete(RunDirectory.BEST + "/" + ModelFiles.DESCRIPTION);
    return aside + "/";
  }

  private static String unused(Storage storage, String before, String after) {
    int number = 1;
    while (storage.exists(before + number + after)) {
      number++;
    }
    return before + number + after;
  }

  private static boolean hasMetrics(Storage storage) {
    return storage.entry(MetricsLog.FILE).filter(entry -> entry.length() > 0).isPresent();
  }

  static boolean hasBest(Storage storage) {
    return storage.exists(RunDirectory.BEST + "/" + ModelFiles.DESCRIPTION);
  }
}
