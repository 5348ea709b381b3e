package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.registry.RegistryWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Removes old versions; needs no Spark. */
@Command(
    name = "prune",
    description =
        "Removes the oldest versions. The champion and the previous champion are never removed.",
    sortOptions = false)
final class RegistryPruneCommand implements Callable<Integer> {
  @Mixin private RegistryOption registryOption;

  @Option(
      names = "--keep",
      required = true,
      paramLabel = "N",
      description = "how many of the newest versions to keep, at least 1")
  private int keep;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    quiet.apply();
    if (keep < 1) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(Locale.ROOT, "Invalid --keep: %d (expected at least 1)", keep));
    }
    try (RegistryWriter writer = registryOption.openExisting(SparkSessions.hadoop())) {
      List<Integer> removed = writer.prune(keep);
      List<Integer> kept = writer.registry().numbers();
      List<String> paths = removed.stream().map(writer.registry()::uri).toList();
      result.print(
          paths.stream().map(path -> Printable.line("Removed " + path)).toList(),
          object -> {
            object.put("registry", registryOption.uri());
            put(object, "kept", kept);
            put(object, "removed", removed);
          });
      return ExitCode.DONE.code();
    }
  }

  private static void put(ObjectNode object, String key, List<Integer> numbers) {
    ArrayNode array = object.putArray(key);
    numbers.forEach(array::add);
  }
}
