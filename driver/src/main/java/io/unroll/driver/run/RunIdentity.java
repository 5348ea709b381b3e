package io.unroll.driver.run;

import io.unroll.driver.config.ConfigurationException;
import io.unroll.driver.config.Setting;
import io.unroll.driver.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What makes a run this run: its dataset and the settings that have an effect on it. Stored in
 * every checkpoint, so that a resumed run is told when it would not be the same run any more.
 *
 * @param dataset identifies the data by its content, whatever its address
 * @param settings value by key, with the number of lanes that the run began with
 */
public record RunIdentity(String dataset, Map<String, String> settings) {
  /** Where things are. The dataset may have moved: its identity is compared instead. */
  private static final Set<String> PLACES = Set.of("data", "run");

  /** Where a run began: its parameters are in its checkpoint. */
  private static final String BEGINNING = "continue-from";

  /** How long a run goes on: what was done so far stays what it was. */
  private static final Set<String> LENGTHS =
      Set.of(
          "training.max-rounds", "training.patience", "training.max-time", "training.until-loss");

  /** Also a length, unless the learning rate is spread over all epochs. */
  private static final String EPOCHS = "training.epochs";

  private static final String SCHEDULE = "optimizer.schedule";

  /** What looks at a run or saves it, without a part in its arithmetic. */
  private static final List<String> OBSERVERS = List.of("validation.", "checkpoint.", "sample.");

  public RunIdentity {
    settings = Map.copyOf(settings);
  }

  /**
   * Whether every run may be resumed after the setting was changed. {@code training.epochs} may be
   * changed where the learning rate does not depend on it: with the cosine schedule, which is
   * spread over all epochs, the past would have been another one.
   */
  public static boolean changeable(String key) {
    return PLACES.contains(key)
        || BEGINNING.equals(key)
        || LENGTHS.contains(key)
        || OBSERVERS.stream().anyMatch(key::startsWith);
  }

  /**
   * Refuses to continue a run as another one.
   *
   * @param uri of the run directory, for the message
   * @param stored identity of the run that is there
   * @throws ConfigurationException naming every setting that differs, with both values
   */
  void requireResumable(String uri, RunIdentity stored) {
    List<String> problems = differences(stored);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(
          "Cannot resume the run in %s with other settings; restore them, or give another run directory:"
              .formatted(uri),
          problems);
    }
  }

  /** Whether a run of that identity may be resumed as this one. */
  boolean resumes(RunIdentity stored) {
    return differences(stored).isEmpty();
  }

  private List<String> differences(RunIdentity stored) {
    List<String> problems = new ArrayList<>();
    Set<String> keys = new TreeSet<>(settings.keySet());
    keys.addAll(stored.settings.keySet());
    keys.removeIf(key -> changeable(key) || hasNoEffect(key, stored) || isOnlyLength(key));
    for (String key : keys) {
      String now = value(settings, key);
      String then = value(stored.settings, key);
      if (!now.equals(then)) {
        problems.add(
            "Invalid %s: %s (expected %s, with which the run began)".formatted(key, now, then));
      }
    }
    if (!dataset.equals(stored.dataset)) {
      problems.add(otherDataset(settings.get("data"), stored.settings.get("data")));
    }
    return problems;
  }

  /** A run that knew no such setting did what is the default now. */
  private static String value(Map<String, String> settings, String key) {
    return Optional.ofNullable(settings.get(key))
        .or(() -> Settings.find(key).flatMap(Setting::defaultText))
        .orElse("(not set)");
  }

  /**
   * Whether a setting has no effect on one of both runs: if they differ, then in what it depends
   * on. Runs of earlier versions stored all settings.
   */
  private boolean hasNoEffect(String key, RunIdentity stored) {
    boolean inBoth = settings.containsKey(key) && stored.settings.containsKey(key);
    return !inBoth && Settings.find(key).filter(Setting::isConditional).isPresent();
  }

  /** Whether it is the number of epochs, and decides about nothing but the end. */
  private boolean isOnlyLength(String key) {
    return key.equals(EPOCHS) && !"cosine".equals(settings.get(SCHEDULE));
  }

  private static String otherDataset(String now, String then) {
    return now.equals(then)
        ? "Invalid data: %s (expected the dataset that the run began with; the one that is there now has other content)"
            .formatted(now)
        : "Invalid data: %s (expected the dataset that the run began with, which was at %s; this one has other content)"
            .formatted(now, then);
  }

  /** The settings by key in alphabetical order, to be written. */
  Map<String, String> sortedSettings() {
    return new TreeMap<>(settings);
  }
}
