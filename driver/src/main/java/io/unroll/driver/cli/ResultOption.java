package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.metric.Interval;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What every command has: its result on standard output, as text for people or, with {@code
 * --json}, as one line of JSON for scripts. The keys are in docs/formats/results.md.
 */
final class ResultOption {
  @Option(names = "--json", description = "prints the result as one line of JSON")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Whether JSON is asked for. */
  boolean isJson() {
    return json;
  }

  /**
   * Prints the result of a command.
   *
   * @param lines for people; may be none
   * @param keys puts the same into an object, for scripts
   */
  void print(List<String> lines, Consumer<ObjectNode> keys) {
    if (json) {
      ObjectNode object = object();
      keys.accept(object);
      print(object);
    } else {
      lines.forEach(out()::println);
    }
  }

  /** Prints JSON as one line that does a terminal no harm. */
  void print(JsonNode node) {
    out().println(Printable.json(node.toString()));
  }

  /** An object with the key that all results begin with: which command it is that of. */
  ObjectNode object() {
    String name = command.qualifiedName().substring(command.root().name().length()).strip();
    return JsonNodeFactory.instance.objectNode().put("command", name);
  }

  /** Adds a number, or null where there is none. */
  static void put(ObjectNode object, String key, OptionalDouble value) {
    object.put(key, value.isPresent() ? (Double) value.getAsDouble() : null);
  }

  /** Adds a whole number, or null where there is none. */
  static void put(ObjectNode object, String key, OptionalInt value) {
    object.put(key, value.isPresent() ? (Integer) value.getAsInt() : null);
  }

  /** Adds an array of both ends. */
  static void put(ObjectNode object, String key, Interval interval) {
    object.putArray(key).add(interval.low()).add(interval.high());
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }
}
