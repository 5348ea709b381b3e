package io.unroll.driver.cli;

import io.unroll.driver.registry.RegistryWriter;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command that uses a registry has. */
final class RegistryOption {
  @Option(
      names = "--registry",
      required = true,
      paramLabel = "URI",
      description = "registry of models")
  private String uri;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** As it was given. */
  String uri() {
    return uri;
  }

  /** Opens a registry that is made if need be; whom this command waits for is a warning. */
  RegistryWriter open(Configuration hadoop) {
    return RegistryWriter.open(uri, hadoop, command.commandLine().getErr()::println);
  }

  /** As {@link #open}, of a registry that has to be there. */
  RegistryWriter openExisting(Configuration hadoop) {
    return RegistryWriter.openExisting(uri, hadoop, command.commandLine().getErr()::println);
  }
}
