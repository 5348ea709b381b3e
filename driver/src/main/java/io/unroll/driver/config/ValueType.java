package io.unroll.driver.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the text of a setting becomes a value and back; the same for files, flags and {@code --set}.
 *
 * @param expected what the text must be, as it stands in messages and help
 * @param parser text to value; throws {@link IllegalArgumentException} on any other text
 * @param formatter value to a text that parses to the same value
 */
public record ValueType<T>(
    String expected, Function<String, T> parser, Function<T, String> formatter) {
  private static final Pattern DURATION = Pattern.compile("([0-9_]+)(ms|s|m|h)");

  static final ValueType<String> TEXT = new ValueType<>("a text", text -> text, text -> text);
  static final ValueType<Integer> INTEGER =
      new ValueType<>("a whole number", NumberText::integer, String::valueOf);
  static final ValueType<Long> LONG =
      new ValueType<>("a whole number", NumberText::longInteger, String::valueOf);
  static final ValueType<Double> NUMBER =
      new ValueType<>("a number", NumberText::decimal, ValueType::format);
  static final ValueType<Boolean> SWITCH =
      new ValueType<>("true or false", ValueType::truth, String::valueOf);
  static final ValueType<Duration> DURATION_TYPE =
      new ValueType<>("a duration such as 30s, 5m or 2h", ValueType::duration, ValueType::format);

  /** A whole number, or the one word that stands for none. */
  static ValueType<OptionalInt> integerOr(String word) {
    return new ValueType<>(
        "a whole number or " + word,
        text -> text.equals(word) ? OptionalInt.empty() : OptionalInt.of(NumberText.integer(text)),
        value -> value.isEmpty() ? word : String.valueOf(value.getAsInt()));
  }

  /** A number, or the one word that stands for none. */
  static ValueType<OptionalDouble> numberOr(String word) {
    return new ValueType<>(
        "a number or " + word,
        text ->
            text.equals(word)
                ? OptionalDouble.empty()
                : OptionalDouble.of(NumberText.decimal(text)),
        value -> value.isEmpty() ? word : format(value.getAsDouble()));
  }

  /** A value of a type, or {@code none}. */
  static <T> ValueType<Optional<T>> optionalOf(ValueType<T> type) {
    return new ValueType<>(
        type.expected() + ", or none",
        text -> text.equals("none") ? Optional.empty() : Optional.of(type.parser().apply(text)),
        value -> value.map(type.formatter()).orElse("none"));
  }

  /** One or more values of a type, with commas between them. */
  static <T> ValueType<List<T>> listOf(ValueType<T> type) {
    return new ValueType<>(
        type.expected() + ", or several with commas between them",
        text -> {
          List<String> parts = Arrays.asList(text.split(",", -1));
          return parts.stream().map(part -> type.parser().apply(part.strip())).toList();
        },
        values -> values.stream().map(type.formatter()).collect(Collectors.joining(",")));
  }

  /** One constant of an enumeration, in lower case with hyphens. */
  static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
    List<E> constants = Arrays.asList(type.getEnumConstants());
    return new ValueType<>(
        alternatives(constants.stream().map(ValueType::format).toList()),
        text ->
            constants.stream()
                .filter(constant -> format(constant).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new),
        ValueType::format);
  }

  static String alternatives(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : names.stream().limit(last).collect(Collectors.joining(", ")) + " or " + names.get(last);
  }

  private static String format(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String format(Double value) {
    return value.toString().replace(".0E", "e").replace('E', 'e');
  }

  private static Boolean truth(String text) {
    return switch (text) {
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException();
    }
    long amount = NumberText.longInteger(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  /** The largest unit that needs no fraction. */
  private static String format(Duration value) {
    long millis = value.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
  }
}
