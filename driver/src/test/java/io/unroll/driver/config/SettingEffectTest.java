package io.unroll.driver.config;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * All settings under all kinds: exactly those that have no effect are refused when they are given.
 */
class SettingEffectTest {
  private static final Pattern REFUSAL = Pattern.compile("Setting without effect: (\\S+) \\(.*");

  /** Every value that decides on the effect of other settings. */
  private static final Map<String, List<String>> KINDS =
      new TreeMap<>(
          Map.of(
              "optimizer.kind", texts(OptimizerSettings.Kind.values()),
              "optimizer.schedule", texts(OptimizerSettings.Schedule.values()),
              "clipping.kind", texts(ClippingSettings.Kind.values()),
              "averaging.outer", texts(AveragingSettings.Outer.values()),
              "averaging.interval", List.of("10", "auto"),
              "model.attention", List.of("none", "additive"),
              "sample.length", List.of("200", "0")));

  /** Dataset and values of the keys of {@link #KINDS} together. */
  private record Run(DataKind dataset, Map<String, String> kinds) {
    boolean has(String key, String... values) {
      return Set.of(values).contains(kinds.get(key));
    }

    boolean isText() {
      return dataset != DataKind.LABELLED && dataset != DataKind.PAIRS;
    }

    boolean isLabelled() {
      return dataset == DataKind.LABELLED;
    }

    boolean isPairs() {
      return dataset == DataKind.PAIRS;
    }

    boolean attends() {
      return isPairs() && has("model.attention", "additive");
    }

    boolean isSampled() {
      return isText() && has("sample.length", "200");
    }
  }

  /** When each setting has an effect that does not have one always. */
  private static final Map<String, Predicate<Run>> EFFECTS =
      Map.ofEntries(
          entry("model.tie-weights", run -> !run.isLabelled()),
          entry("model.bidirectional", run -> !run.isText()),
          entry("model.pooling", Run::isLabelled),
          entry("model.embedding-dropout", Run::isText),
          entry("model.word-dropout", Run::isLabelled),
          entry("model.rare-word-dropout", Run::isLabelled),
          entry("model.character-embedding", Run::isLabelled),
          entry("model.character-hidden", Run::isLabelled),
          entry("model.encoder-layers", Run::isPairs),
          entry("model.encoder-hidden", Run::isPairs),
          entry("model.attention", Run::isPairs),
          entry("model.attention-size", Run::attends),
          entry("model.attention-gate", Run::attends),
          entry("model.attention-coverage", Run::attends),
          entry("model.condition", Run::isPairs),
          entry("model.reverse-source", Run::isPairs),
          entry("model.label-smoothing", Run::isPairs),
          entry("training.window", Run::isText),
          entry("training.order", run -> run.dataset() != DataKind.STREAM),
          entry("training.class-weights", Run::isLabelled),
          entry("training.state-reset", run -> run.dataset() == DataKind.STREAM),
          entry("optimizer.momentum", run -> run.has("optimizer.kind", "momentum")),
          entry("optimizer.nesterov", run -> run.has("optimizer.kind", "momentum")),
          entry("optimizer.beta1", run -> run.has("optimizer.kind", "adam")),
          entry("optimizer.beta2", run -> run.has("optimizer.kind", "adam")),
          entry("optimizer.weight-decay", run -> run.has("optimizer.kind", "adam")),
          entry("optimizer.epsilon", run -> run.has("optimizer.kind", "adam", "rmsprop")),
          entry("optimizer.alpha", run -> run.has("optimizer.kind", "rmsprop")),
          entry(
              "optimizer.step-factor",
              run ->
                  run.has("optimizer.schedule", "step")
                      || run.has("optimizer.schedule", "plateau")),
          entry("optimizer.plateau-patience", run -> run.has("optimizer.schedule", "plateau")),
          entry("optimizer.step-epochs", run -> run.has("optimizer.schedule", "step")),
          entry("optimizer.final-fraction", run -> run.has("optimizer.schedule", "cosine")),
          entry("clipping.max-norm", run -> run.has("clipping.kind", "norm")),
          entry("averaging.max-overhead", run -> run.has("averaging.interval", "auto")),
          entry("averaging.outer-momentum", run -> !run.has("averaging.outer", "mean")),
          entry("averaging.outer-learning-rate", run -> !run.has("averaging.outer", "mean")),
          entry("averaging.optimizer-state", run -> !run.has("optimizer.kind", "sgd")),
          entry("sample.length", Run::isText),
          entry("sample.prompt", Run::isSampled),
          entry("sample.temperature", Run::isSampled),
          entry("sample.top-k", Run::isSampled),
          entry("sample.top-p", Run::isSampled));

  private static List<String> texts(Enum<?>... values) {
    return Stream.of(values)
        .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .toList();
  }

  private static List<Run> runs() {
    List<Map<String, String>> combinations = List.of(Map.of());
    for (String key : KINDS.keySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> combination : combinations) {
        for (String value : KINDS.get(key)) {
          Map<String, String> more = new TreeMap<>(combination);
          more.put(key, value);
          longer.add(more);
        }
      }
      combinations = longer;
    }
    List<Run> runs = new ArrayList<>();
    for (DataKind dataset : DataKind.values()) {
      for (Map<String, String> combination : combinations) {
        Run run = new Run(dataset, new TreeMap<>(combination));
        // What a dataset does not take has one value only.
        boolean once = run.isText() || run.kinds().remove("sample.length").equals("200");
        boolean attends = run.isPairs() || run.kinds().remove("model.attention").equals("additive");
        if (once && attends) {
          runs.add(run);
        }
      }
    }
    return runs;
  }

  private static Set<String> withoutEffect(Run run) {
    return EFFECTS.keySet().stream()
        .filter(key -> !EFFECTS.get(key).test(run))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** All settings at their defaults, but for the kinds, which are the run's. */
  private static Map<String, String> all(Run run) {
    Map<String, String> settings = new TreeMap<>();
    for (Setting<?> setting : Settings.all()) {
      settings.put(setting.key(), setting.defaultText().orElse("x"));
    }
    settings.putAll(run.kinds());
    return settings;
  }

  private static Set<String> refused(Map<String, String> settings, DataKind dataset) {
    try {
      RunConfiguration.of(settings).on(dataset);
      return Set.of();
    } catch (ConfigurationException e) {
      Set<String> refused = new TreeSet<>();
      for (String problem : e.problems()) {
        Matcher matcher = REFUSAL.matcher(problem);
        assertTrue(matcher.matches(), problem);
        refused.add(matcher.group(1));
      }
      return refused;
    }
  }

  @Test
  void allTogetherExactlyThoseWithoutEffectAreRefused() {
    int combinations = 4 * 4 * 2 * 3 * 2;
    assertEquals(3 * 2 * combinations + combinations + 2 * combinations, runs().size());
    for (Run run : runs()) {
      Map<String, String> settings = all(run);
      Set<String> refused = new TreeSet<>(refused(settings, run.dataset()));
      // The kind of the dataset is known after all else was right.
      settings.keySet().removeAll(refused);
      refused.addAll(refused(settings, run.dataset()));
      assertEquals(withoutEffect(run), refused, run.toString());
    }
  }

  @Test
  void eachAloneIsRefusedIfItHasNoEffect() {
    for (Run run : runs()) {
      for (Setting<?> setting : Settings.all()) {
        if (setting.isConditional()) {
          Map<String, String> settings = new TreeMap<>(run.kinds());
          settings.putAll(Map.of("data", "d", "run", "r"));
          settings.put(setting.key(), setting.defaultText().orElse("x"));
          Set<String> expected = new TreeSet<>(Set.of(setting.key()));
          expected.retainAll(withoutEffect(run));
          assertEquals(expected, refused(settings, run.dataset()), setting.key() + ", " + run);
        }
      }
    }
  }

  @Test
  void defaultsAreNeverRefusedAndTheEffectiveConfigurationNeither() {
    for (Run run : runs()) {
      Map<String, String> settings = new TreeMap<>(run.kinds());
      settings.putAll(Map.of("data", "d", "run", "r"));
      RunConfiguration asked = RunConfiguration.of(settings);
      RunConfiguration began = asked.on(run.dataset());
      Set<String> effective = new TreeSet<>(all(run).keySet());
      effective.removeAll(withoutEffect(run));
      assertEquals(effective, new TreeSet<>(began.settings().keySet()));
      for (RunConfiguration shown : List.of(asked, began)) {
        ConfigurationLoader loader = new ConfigurationLoader();
        loader.read("config.yaml", shown.toYaml());
        assertEquals(began.settings(), loader.load().on(run.dataset()).settings());
      }
    }
  }

  @Test
  void thisTableHasEverySettingThatIsConditional() {
    assertEquals(
        EFFECTS.keySet(),
        Settings.all().stream()
            .filter(Setting::isConditional)
            .map(Setting::key)
            .collect(Collectors.toSet()));
  }
}
