package io.unroll.driver.cli;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Reads {@code prep --kind text ...} as {@code prep text ...}, wherever the kind stands, so that
 * scripts that were written before there were commands go on.
 */
final class PrepKinds implements IParameterPreprocessor {
  private static final String OPTION = "--kind";

  private PrepKinds() {}

  /** Has a program's command {@code prep} read its arguments so. */
  static void applyTo(CommandLine root) {
    root.getSubcommands().get("prep").getCommandSpec().preprocessor(new PrepKinds());
  }

  /**
   * @param arguments the next one last
   */
  @Override
  @SuppressWarnings("JdkObsolete") // the stack is picocli's
  public boolean preprocess(
      Stack<String> arguments, CommandSpec prep, ArgSpec argument, Map<String, Object> info) {
    for (int x = arguments.size() - 1; x >= 0; x--) {
      boolean apart = arguments.get(x).equals(OPTION) && x > 0;
      boolean together = arguments.get(x).startsWith(OPTION + "=");
      if (apart || together) {
        String kind =
            apart ? arguments.get(x - 1) : arguments.get(x).substring(OPTION.length() + 1);
        if (prep.subcommands().containsKey(kind)) {
          arguments.subList(apart ? x - 1 : x, x + 1).clear();
          requireOptions(arguments, prep, kind);
          arguments.push(kind);
        }
        return false;
      }
    }
    return false; // picocli goes on
  }

  /** Options of another kind are told as such. */
  private static void requireOptions(Iterable<String> arguments, CommandSpec prep, String kind) {
    for (String text : arguments) {
      String name = text.replaceFirst("=.*", "");
      boolean own = prep.subcommands().get(kind).getCommandSpec().findOption(name) != null;
      if (!own
          && prep.subcommands().values().stream()
              .anyMatch(other -> other.getCommandSpec().findOption(name) != null)) {
        throw new ParameterException(
            prep.commandLine(), "Invalid %s: --kind %s has no such option".formatted(name, kind));
      }
    }
  }
}
