package io.unroll.driver.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command line of the application jar alone, as {@code java -jar} starts it: help and version,
 * and for the commands a line that says what is missing. The commands themselves cannot be loaded,
 * since their methods have types of Spark, of its Hadoop client and of its Jackson.
 */
final class WithoutSpark {
  /** Those of {@link Unroll#commandLine}; only their annotations are read. */
  private static final List<Class<?>> COMMANDS =
      List.of(
          PrepCommand.class,
          TrainCommand.class,
          EvaluateCommand.class,
          PredictCommand.class,
          ScoreCommand.class,
          PromoteCommand.class,
          RegistryCommand.class,
          SampleCommand.class,
          ServeCommand.class,
          ExportCommand.class,
          ImportCommand.class,
          DiagnoseCommand.class,
          ImagesCommand.class,
          PhrasesCommand.class,
          MapCommand.class,
          Word2VecCommand.class,
          NeighboursCommand.class,
          AnalogiesCommand.class,
          BenchmarkCommand.class,
          ReportCommand.class);

  private WithoutSpark() {}

  /** Whether Spark is not on the class path. */
  static boolean isHere() {
    try {
      Class.forName(
          "org.apache.spark.sql.SparkSession", false, WithoutSpark.class.getClassLoader());
      return false;
    } catch (ClassNotFoundException absent) {
      return true;
    }
  }

  static CommandLine commandLine() {
    CommandLine root = Unroll.root();
    for (Class<?> type : COMMANDS) {
      Command command = type.getAnnotation(Command.class);
      CommandSpec spec = CommandSpec.forAnnotatedObject(new Refusal());
      spec.usageMessage().description(command.description());
      spec.parser().unmatchedArgumentsAllowed(true);
      root.addSubcommand(command.name(), spec);
    }
    return Unroll.complete(root);
  }

  /** In the place of every command. */
  @Command
  static final class Refusal implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      spec.commandLine()
          .getErr()
          .printf(
              "Cannot run %s: Spark is not on the class path (expected the jars of Spark 3.5 or 4). Start it by"
                  + " spark-submit, by bin/unroll of a release or by deploy/unroll of the project%n",
              spec.name());
      return ExitCode.FAILURE.code();
    }
  }
}
