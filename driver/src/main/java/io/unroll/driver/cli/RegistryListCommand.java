package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.DataException;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.registry.Champion;
import io.unroll.driver.registry.Judgement;
import io.unroll.driver.registry.Listed;
import io.unroll.driver.registry.Registry;
import io.unroll.driver.registry.Version;
import io.unroll.driver.run.Storage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what is in a registry; changes nothing and needs no Spark. */
@Command(
    name = "list",
    description =
        "Lists the versions of a registry, the oldest first: when each was accepted, with which"
            + " losses, and which are champion and previous.",
    sortOptions = false)
final class RegistryListCommand implements Callable<Integer> {
  private static final String ROW = "%-8s  %-20s  %-10s  %-10s  %-24s  %s";

  @Mixin private RegistryOption registryOption;

  @Option(
      names = "--verify",
      description =
          "reads every model and compares it with its checksums (default: only looks at sizes)")
  private boolean verify;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    quiet.apply();
    try (Storage storage = Storage.open(registryOption.uri(), SparkSessions.hadoop())) {
      Registry registry = Registry.at(storage);
      Optional<Champion> champion = champion(registry);
      List<Listed> versions =
          registry.numbers().stream()
              .map(number -> verify ? registry.verified(number) : registry.listed(number))
              .toList();
      result.print(
          Stream.concat(Stream.of(header()), versions.stream().map(one -> row(one, champion)))
              .map(line -> Printable.line(line.stripTrailing()))
              .toList(),
          object -> put(object, registry, champion, versions));
      return ExitCode.DONE.code();
    }
  }

  /** A damaged file is told; the versions are what helps then. */
  private Optional<Champion> champion(Registry registry) {
    try {
      return registry.champion();
    } catch (DataException damaged) {
      spec.commandLine().getErr().println(Printable.line(damaged.getMessage()));
      return Optional.empty();
    }
  }

  private static String header() {
    return ROW.formatted("version", "accepted", "loss", "champion's", "run", "");
  }

  private static String row(Listed listed, Optional<Champion> champion) {
    String number = String.format(Locale.ROOT, "%06d", listed.number());
    String mark = mark(listed.number(), champion);
    if (listed instanceof Listed.Whole whole) {
      Version version = whole.version();
      return ROW.formatted(
          number,
          version.created(),
          text(loss(version)),
          text(championLoss(version)),
          version.runId().orElse("-"),
          mark);
    }
    return "%-8s  %s%s".formatted(number, problem(listed), mark.isEmpty() ? "" : "; " + mark);
  }

  private static String problem(Listed listed) {
    return listed instanceof Listed.Damaged damaged
        ? "damaged: " + damaged.problem()
        : "unfinished: a promotion is writing it now, or was killed";
  }

  private static String mark(int number, Optional<Champion> champion) {
    if (champion.filter(named -> named.number() == number).isPresent()) {
      return Registry.CHAMPION;
    }
    return champion.filter(named -> named.names(number)).isPresent() ? Registry.PREVIOUS : "";
  }

  private static String text(OptionalDouble loss) {
    return loss.isPresent() ? String.format(Locale.ROOT, "%.4f", loss.getAsDouble()) : "-";
  }

  private static OptionalDouble loss(Version version) {
    return version.judgement().stream().mapToDouble(Judgement::loss).findFirst();
  }

  private static OptionalDouble championLoss(Version version) {
    return version.judgement().map(Judgement::championLoss).orElse(OptionalDouble.empty());
  }

  private void put(
      ObjectNode object, Registry registry, Optional<Champion> champion, List<Listed> versions) {
    object.put("registry", registryOption.uri());
    object.put("champion", champion.map(Champion::number).orElse(null));
    ResultOption.put(
        object, "previous", champion.map(Champion::previous).orElse(OptionalInt.empty()));
    ArrayNode array = object.putArray("versions");
    versions.forEach(listed -> put(array.addObject(), registry, listed));
  }

  private static void put(ObjectNode object, Registry registry, Listed listed) {
    Optional<Version> version =
        listed instanceof Listed.Whole whole ? Optional.of(whole.version()) : Optional.empty();
    object.put("number", listed.number());
    object.put("path", registry.uri(listed.number()));
    object.put("state", state(listed));
    object.put("problem", listed instanceof Listed.Damaged damaged ? damaged.problem() : null);
    object.put("accepted", version.map(one -> one.created().toString()).orElse(null));
    object.put("run-id", version.flatMap(Version::runId).orElse(null));
    object.put("model", version.map(Version::model).orElse(null));
    ResultOption.put(
        object, "loss", version.map(RegistryListCommand::loss).orElse(OptionalDouble.empty()));
    ResultOption.put(
        object,
        "champion-loss",
        version.map(RegistryListCommand::championLoss).orElse(OptionalDouble.empty()));
  }

  private static String state(Listed listed) {
    if (listed instanceof Listed.Whole) {
      return "whole";
    }
    return listed instanceof Listed.Damaged ? "damaged" : "unfinished";
  }
}
