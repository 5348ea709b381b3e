package io.unroll.driver.cli;

import io.unroll.dataprep.summary.Printable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The line that was typed, to be typed again. */
final class CommandText {
  private static final Pattern PLAIN = Pattern.compile("[-+_./:=@,%A-Za-z0-9]+");

  private CommandText() {}

  /** Launcher and arguments, quoted for a shell where they must be. */
  static String of(CommandLine parsed) {
    return Stream.concat(
            Stream.of(System.getenv().getOrDefault("UNROLL_COMMAND", "deploy/unroll")),
            parsed.getParseResult().originalArgs().stream())
        .map(CommandText::quoted)
        .collect(Collectors.joining(" "));
  }

  static String quoted(String argument) {
    if (PLAIN.matcher(argument).matches()) {
      return argument;
    }
    return Printable.line(argument).equals(argument)
        ? "'" + argument.replace("'", "'\\''") + "'"
        : "$'" + Printable.line(argument.replace("\\", "\\\\").replace("'", "\\'")) + "'";
  }
}
