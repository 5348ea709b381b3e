package io.unroll.driver.ml;

import io.unroll.driver.config.DataKind;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.config.Setting;
import io.unroll.driver.config.Settings;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The parameters of a stage by their names, with defaults: those of its own, and settings. */
final class StageParams implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Where a dataset and a run are is decided while fitting. */
  private static final List<Setting<?>> PLACES =
      List.of(RunConfiguration.DATA, RunConfiguration.RUN);

  private final Params stage;
  private final Map<String, Param<?>> byName = new TreeMap<>();

  /**
   * @param stage whose id is known
   */
  StageParams(Params stage) {
    this.stage = stage;
  }

  /** Adds one; the type of the default is that of its values. */
  @SuppressWarnings({"rawtypes", "unchecked"}) // Spark's numbers are parameters of Object
  void add(String name, String description, Object otherwise) {
    Param param = param(name, description, otherwise);
    byName.put(name, param);
    stage.setDefault(param, otherwise);
  }

  /** Adds all settings of a run that have an effect on datasets of that kind. */
  void addSettings(DataKind kind) {
    for (Setting<?> setting : Settings.all()) {
      boolean has = setting.condition().dataset().map(on -> on.kinds().contains(kind)).orElse(true);
      if (has && !PLACES.contains(setting)) {
        Object value = setting.defaultValue().orElseThrow();
        Object otherwise = isPlain(value) ? value : setting.defaultText().orElseThrow();
        add(setting.key(), described(setting), otherwise);
      }
    }
  }

  private static boolean isPlain(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || value instanceof Boolean;
  }

  private static String described(Setting<?> setting) {
    String condition =
        setting.condition().text().isEmpty() ? "" : ", only " + setting.condition().text();
    return "%s (%s%s)".formatted(setting.description(), setting.expected(), condition);
  }

  private Param<?> param(String name, String description, Object value) {
    if (value instanceof Integer) {
      return new IntParam(stage, name, description);
    }
    if (value instanceof Long) {
      return new LongParam(stage, name, description);
    }
    if (value instanceof Double) {
      return new DoubleParam(stage, name, description);
    }
    return value instanceof Boolean
        ? new BooleanParam(stage, name, description)
        : new Param<String>(stage, name, description);
  }

  /** All of them, sorted by name. */
  Collection<Param<?>> all() {
    return byName.values();
  }

  /**
   * That of a name.
   *
   * @throws NoSuchElementException if there is none
   */
  Param<?> of(String name) {
    Param<?> found = byName.get(name);
    if (found == null) {
      throw new NoSuchElementException(
          "Unknown parameter: %s (explainParams() tells all)".formatted(name));
    }
    return found;
  }

  /**
   * Sets one, from a value of its type or a text that stands for one.
   *
   * @throws IllegalArgumentException if it cannot have that value
   */
  @SuppressWarnings({"rawtypes", "unchecked"}) // as above
  void set(String name, Object value) {
    Param param = of(name);
    String text = String.valueOf(value);
    Settings.find(name).ifPresent(setting -> setting.parse(text));
    try {
      stage.set(param, typed(param, text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("Invalid %s: %s".formatted(name, text), e);
    }
  }

  private static Object typed(Param<?> param, String text) {
    if (param instanceof IntParam) {
      return Integer.valueOf(text);
    }
    if (param instanceof LongParam) {
      return Long.valueOf(text);
    }
    if (param instanceof DoubleParam) {
      return Double.valueOf(text);
    }
    return param instanceof BooleanParam ? (Object) Boolean.valueOf(text) : text;
  }

  /** The value as text: what was set, or the default. */
  String text(String name) {
    return String.valueOf(stage.getOrDefault(of(name)));
  }

  /** The value of a whole number. */
  int number(String name) {
    return Integer.parseInt(text(name));
  }

  /** The value of a number. */
  double real(String name) {
    return Double.parseDouble(text(name));
  }

  /** The value of a switch. */
  boolean isOn(String name) {
    return Boolean.parseBoolean(text(name));
  }
}
