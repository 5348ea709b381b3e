package io.unroll.driver.cli;

import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.registry.Champion;
import io.unroll.driver.registry.Registry;
import io.unroll.driver.registry.RegistryWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts an earlier version into service; needs no Spark. */
@Command(
    name = "rollback",
    description =
        "Makes the previous champion, or any version, the champion; what was champion becomes the"
            + " previous one. The version is read and has to be whole.",
    sortOptions = false)
final class RegistryRollbackCommand implements Callable<Integer> {
  @Mixin private RegistryOption registryOption;

  @Option(
      names = "--to",
      paramLabel = "N",
      description = "number of the version (default: the previous champion)")
  private Integer to;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Override
  public Integer call() {
    quiet.apply();
    try (RegistryWriter writer = registryOption.openExisting(SparkSessions.hadoop())) {
      Champion champion = to == null ? writer.rollback() : writer.rollback(to);
      String path = writer.registry().uri(champion.number());
      result.print(
          List.of(Printable.line(text(champion, path))),
          object -> {
            object.put("registry", registryOption.uri());
            object.put("champion", champion.number());
            ResultOption.put(object, "previous", champion.previous());
            object.put("path", path);
          });
      return ExitCode.DONE.code();
    }
  }

  private static String text(Champion champion, String path) {
    String previous =
        champion.previous().isPresent()
            ? Registry.folder(champion.previous().getAsInt())
            : "nothing";
    return "The champion is now %s, the previous one is %s".formatted(path, previous);
  }
}
