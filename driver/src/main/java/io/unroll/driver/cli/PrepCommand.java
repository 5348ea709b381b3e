package io.unroll.driver.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Corpus to dataset: a command for each kind of corpora. */
@Command(
    name = "prep",
    description = "Turns a corpus into a dataset: tokens in Parquet, a vocabulary, a manifest.",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    footer = {"", "'unroll prep COMMAND --help' has the options of a command."})
final class PrepCommand implements Runnable {
  /** The kinds of corpora, as {@code --kind} has them. */
  enum Kind {
    text,
    coco,
    lines,
    conllu,
    pairs,
    vectors,
    generate
  }

  @Option(
      names = "--kind",
      description =
          "the same as the command of that name, with its options: ${COMPLETION-CANDIDATES}")
  private Kind kind;

  @Spec private CommandSpec spec;

  /** With its commands. */
  static CommandLine commandLine() {
    return new CommandLine(new PrepCommand())
        .addSubcommand(new PrepTextCommand())
        .addSubcommand(new PrepCocoCommand())
        .addSubcommand(new PrepLinesCommand())
        .addSubcommand(new PrepConlluCommand())
        .addSubcommand(new PrepPairsCommand())
        .addSubcommand(new PrepVectorsCommand())
        .addSubcommand(new PrepGenerateCommand());
  }

  @Override
  public void run() {
    if (kind != null) {
      throw new IllegalStateException("PrepKinds takes the kind before");
    }
    List<String> commands =
        spec.subcommands().keySet().stream().map(name -> "prep " + name).toList();
    throw new ParameterException(
        spec.commandLine(), "Missing command: " + String.join(", ", commands));
  }
}
