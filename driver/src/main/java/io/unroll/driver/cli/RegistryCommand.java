package io.unroll.driver.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is done with a registry beside promoting models to it; needs no Spark. */
@Command(
    name = "registry",
    description =
        "Shows the versions of a registry, goes back to an earlier one, removes old ones.",
    synopsisSubcommandLabel = "COMMAND")
final class RegistryCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** With its commands. */
  static CommandLine commandLine() {
    return new CommandLine(new RegistryCommand())
        .addSubcommand(new RegistryListCommand())
        .addSubcommand(new RegistryRollbackCommand())
        .addSubcommand(new RegistryPruneCommand());
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: registry list, registry rollback or registry prune");
  }
}
