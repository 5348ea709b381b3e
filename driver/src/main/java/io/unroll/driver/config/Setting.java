package io.unroll.driver.config;

import io.unroll.dataprep.source.Credentials;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One setting: the only home of its key, type, default, range, description and condition. Parsing,
 * the checks in the records, the help texts, {@code config.yaml} and {@code docs/configuration.md}
 * all come from here.
 *
 * @param key as in files and flags, such as {@code model.layers}
 * @param type how its text is read and written
 * @param defaultValue its value if none is given; empty if one must be given
 * @param range the values that it may have
 * @param description one line for help and documentation, with the unit
 * @param condition when it has an effect
 */
public record Setting<T>(
    String key,
    ValueType<T> type,
    Optional<T> defaultValue,
    Range<T> range,
    String description,
    Condition condition) {
  /** YAML's words for nothing; as a text they are what they are. */
  private static final Set<String> NULLS = Set.of("~", "null", "Null", "NULL");

  /** Defaults that are no value. */
  private static final Set<Object> NOTHING =
      Set.of(OptionalInt.empty(), OptionalDouble.empty(), Optional.empty(), "");

  static Setting<String> required(String key, String description) {
    return new Setting<>(
        key, ValueType.TEXT, Optional.empty(), Range.place(), description, new Condition.Always());
  }

  /**
   * The value that a text stands for.
   *
   * @throws InvalidSettingException if the text is of another type or out of range
   */
  public T parse(String text) {
    if (NULLS.contains(text) && !type.equals(ValueType.TEXT)) {
      return parseNull(text);
    }
    try {
      T parsed = type.parser().apply(text);
      if (range.test().test(parsed)) {
        return parsed;
      }
    } catch (NumberText.AmbiguousException e) {
      throw new InvalidSettingException(key, text, expected() + ", " + e.getMessage());
    } catch (IllegalArgumentException | ArithmeticException notOfTheType) {
      throw invalid(text);
    }
    throw invalid(text);
  }

  /**
   * What YAML's null stands for: the default, where that is no value ({@code none}, {@code cores},
   * an empty text).
   *
   * @param text how it is written
   * @throws InvalidSettingException if the setting must have a value
   */
  T parseNull(String text) {
    return defaultValue.filter(value -> NOTHING.contains(value)).orElseThrow(() -> invalid(text));
  }

  /** Whether it has an effect on some runs only. */
  public boolean isConditional() {
    return !(condition instanceof Condition.Always);
  }

  /** That this setting has a value. */
  Condition is(T value) {
    return isOneOf(List.of(value));
  }

  /** That this setting has one of these values. */
  Condition isOneOf(List<T> values) {
    List<String> texts = values.stream().map(type.formatter()).toList();
    return isIn(new Range<>(ValueType.alternatives(texts), values::contains));
  }

  /** That this setting is in a range. */
  Condition isIn(Range<T> values) {
    return new Condition.With<>(this, values);
  }

  /**
   * Returns the value if it is in range.
   *
   * @throws InvalidSettingException if it is not
   */
  T check(T candidate) {
    if (!range.test().test(candidate)) {
      throw invalid(type.formatter().apply(candidate));
    }
    return candidate;
  }

  InvalidSettingException invalid(String text) {
    String shown = text.isEmpty() ? "''" : Credentials.hiddenIn(text);
    return new InvalidSettingException(key, shown, expected());
  }

  /** Type and range in words. */
  public String expected() {
    return range.text().isEmpty() ? type.expected() : type.expected() + ", " + range.text();
  }

  /** The default as text; empty if there is none. */
  public Optional<String> defaultText() {
    return defaultValue.map(type.formatter());
  }

  /** What stands before the dot; empty for {@code data} and {@code run}. */
  public String section() {
    return key.contains(".") ? key.substring(0, key.indexOf('.')) : "";
  }

  /** What stands after the dot. */
  public String name() {
    return key.substring(key.indexOf('.') + 1);
  }
}
