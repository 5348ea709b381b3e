package io.unroll.driver.cli;

import io.unroll.driver.config.NumberText;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * How the values of options are read: numbers as in configurations, and a text behind an equals
 * sign as it is, also where it looks like an option ({@code --prompt=--length}).
 */
final class OptionValues implements IParameterPreprocessor {
  /** Put before such a text, so that picocli takes it for a value. No argument can have it. */
  private static final String MARK = "\0";

  private OptionValues() {}

  /** Has all commands of a command line read their values so. */
  static void applyTo(CommandLine root) {
    root.registerConverter(String.class, text -> text.startsWith(MARK) ? text.substring(1) : text)
        .registerConverter(Integer.class, number("a whole number", NumberText::integer))
        .registerConverter(int.class, number("a whole number", NumberText::integer))
        .registerConverter(long.class, number("a whole number", NumberText::longInteger))
        .registerConverter(Double.class, number("a number", NumberText::decimal))
        .registerConverter(double.class, number("a number", NumberText::decimal));
    preprocess(root);
  }

  /**
   * Refuses a number of an option that is too small.
   *
   * @throws ParameterException if it is less than one
   */
  static void requireAtLeastOne(CommandSpec spec, String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(Locale.ROOT, "Invalid %s: %d (expected at least 1)", option, value));
    }
  }

  static void requireShare(CommandSpec spec, String option, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(Locale.ROOT, "Invalid %s: %s (expected 0 to 1)", option, value));
    }
  }

  private static void preprocess(CommandLine group) {
    for (CommandLine command : group.getSubcommands().values()) {
      command.getCommandSpec().preprocessor(new OptionValues());
      preprocess(command);
    }
  }

  private static <T> ITypeConverter<T> number(String expected, Function<String, T> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (NumberText.AmbiguousException e) {
        throw new TypeConversionException(
            "'%s' is not %s %s".formatted(text, expected, e.getMessage()));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new TypeConversionException("'%s' is not %s".formatted(text, expected));
      }
    };
  }

  /** Marks the texts of a command's arguments, before picocli looks at them. */
  @Override
  @SuppressWarnings("JdkObsolete") // the stack is picocli's
  public boolean preprocess(
      Stack<String> arguments, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
    arguments.replaceAll(
        text -> {
          int value = text.indexOf('=') + 1;
          boolean looksLikeOption = value > 0 && text.startsWith("-", value);
          return looksLikeOption && takesText(command, text.substring(0, value - 1))
              ? text.substring(0, value) + MARK + text.substring(value)
              : text;
        });
    return false; // picocli goes on
  }

  private static boolean takesText(CommandSpec command, String name) {
    OptionSpec option = command.findOption(name);
    return option != null && Arrays.asList(option.auxiliaryTypes()).contains(String.class);
  }
}
