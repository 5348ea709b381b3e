package io.unroll.driver.cli;

import io.unroll.dataprep.place.Place;
import io.unroll.dataprep.source.Credentials;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.train.ProgramVersion;
import io.unroll.driver.train.TrainingRun;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Set;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program. */
@Command(
    name = "unroll",
    mixinStandardHelpOptions = true,
    versionProvider = Unroll.Version.class,
    description = "Trains recurrent sequence models on Apache Spark.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done or already done, 1 failure, 2 usage or configuration,",
      "  3 bad data, 4 diverged, 10 kept the model in service, 75 interrupted and resumable,",
      "  141 nobody reads the output any more.",
      "'unroll COMMAND --help' has the options of a command."
    })
public final class Unroll implements Runnable {
  /** Columns of the help texts. */
  private static final int WIDTH = 100;

  /** What help texts call the values that are places. */
  private static final Set<String> ADDRESSES = Set.of("URI", "URL", "FILE");

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Unroll() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] arguments) {
    // For libraries: Spark numbers files, and picocli formats help, in the digits of the locale.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    ProgramStreams streams = ProgramStreams.ofProcess();
    CommandLine commandLine =
        WithoutSpark.isHere() ? WithoutSpark.commandLine() : commandLine(TrainingRun::run);
    int code = run(commandLine, streams, arguments);
    ProcessEnd.with(code, streams.lastErrors());
  }

  /** Runs one command with the output of this process and returns its exit code. */
  static int run(CommandLine commandLine, ProgramStreams streams, String... arguments) {
    NamelessUser.name();
    UncaughtFailures.handle(streams.err());
    return streams.finish(
        commandLine.setOut(streams.out()).setErr(streams.err()).execute(arguments));
  }

  /** The whole command line. */
  static CommandLine commandLine(Training training) {
    CommandLine train = new CommandLine(new TrainCommand(training));
    ConfigurationOptions.addFlags(train.getCommandSpec());
    CommandLine root =
        root()
            .addSubcommand(PrepCommand.commandLine())
            .addSubcommand(train)
            .addSubcommand(new EvaluateCommand())
            .addSubcommand(new PredictCommand())
            .addSubcommand(new ScoreCommand())
            .addSubcommand(new PromoteCommand())
            .addSubcommand(RegistryCommand.commandLine())
            .addSubcommand(new SampleCommand())
            .addSubcommand(new ServeCommand())
            .addSubcommand(new ExportCommand())
            .addSubcommand(new ImportCommand())
            .addSubcommand(new DiagnoseCommand())
            .addSubcommand(new ImagesCommand())
            .addSubcommand(new PhrasesCommand())
            .addSubcommand(new MapCommand())
            .addSubcommand(new Word2VecCommand())
            .addSubcommand(new NeighboursCommand())
            .addSubcommand(new AnalogiesCommand())
            .addSubcommand(new BenchmarkCommand())
            .addSubcommand(new ReportCommand());
    addHelp(root);
    OptionValues.applyTo(root);
    PrepKinds.applyTo(root);
    return complete(root)
        .setExecutionStrategy(Unroll::executed)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> Failures.report(failure, command.getErr()).code());
  }

  private static void addHelp(CommandLine group) {
    for (CommandLine command : group.getSubcommands().values()) {
      command.getCommandSpec().mixinStandardHelpOptions(true);
      addHelp(command);
    }
  }

  /** The program, without its commands. */
  static CommandLine root() {
    return new CommandLine(new Unroll());
  }

  /** Adds to a program with its commands what does not depend on them. */
  static CommandLine complete(CommandLine root) {
    return root.addSubcommand(new AutoComplete.GenerateCompletion())
        .setUsageHelpWidth(WIDTH)
        .setUsageHelpLongOptionsMaxWidth(36)
        .setParameterExceptionHandler(Unroll::misused);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  /** Runs the command, unless a place can be none, or has a password, which may be stored. */
  private static int executed(ParseResult parsed) {
    ParseResult command = parsed;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    for (OptionSpec option : command.matchedOptions()) {
      if (ADDRESSES.contains(option.paramLabel())) {
        refuseSecrets(command, option);
        refuseNonsense(command, option);
      }
    }
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (Error e) { // which picocli lets pass
      return Failures.report(e, command.commandSpec().commandLine().getErr()).code();
    }
  }

  private static void refuseSecrets(ParseResult command, OptionSpec option) {
    if (option.stringValues().stream().anyMatch(Credentials::areIn)) {
      throw new ParameterException(
          command.commandSpec().commandLine(),
          "Invalid %s: %s (expected no password in it; give it in the settings of the file system)"
              .formatted(
                  option.longestName(),
                  Credentials.hiddenIn(String.join(" ", option.stringValues()))));
    }
  }

  private static void refuseNonsense(ParseResult command, OptionSpec option) {
    option.stringValues().stream()
        .flatMap(place -> Place.refusal(place).stream())
        .findFirst()
        .ifPresent(
            refusal -> {
              throw new ParameterException(
                  command.commandSpec().commandLine(),
                  "Invalid %s: %s".formatted(option.longestName(), refusal));
            });
  }

  private static int misused(ParameterException misuse, String[] arguments) {
    CommandLine command = misuse.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(Printable.line(Credentials.hiddenIn(misuse.getMessage())));
    UnmatchedArgumentException.printSuggestions(misuse, err);
    err.printf("Try: %s --help%n", command.getCommandSpec().qualifiedName());
    return ExitCode.USAGE.code();
  }

  /** From the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String spark =
          WithoutSpark.isHere()
              ? "no Spark on the class path"
              : "Spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION();
      return new String[] {
        "Unroll " + ProgramVersion.text(),
        "Java " + System.getProperty("java.version") + ", " + spark
      };
    }
  }
}
