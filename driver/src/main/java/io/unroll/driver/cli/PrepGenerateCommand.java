package io.unroll.driver.cli;

import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.generate.ParityOptions;
import io.unroll.dataprep.generate.ParityOptions.Lengths;
import io.unroll.dataprep.generate.ParityPreparation;
import io.unroll.dataprep.generate.TextGeneration;
import io.unroll.dataprep.generate.TextGenerator;
import io.unroll.dataprep.summary.PreparationSummary;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Examples that a rule makes to dataset. */
@Command(
    name = "generate",
    description = "Makes a dataset by a rule, to see what models can learn.",
    sortOptions = false,
    footer = {
      "",
      "parity: strings of zeros and ones; the label is 1 where the number of ones is odd.",
      "addition: sums of two numbers, such as 535+61=596; the answer is to be predicted.",
      "programs: lines of Python; what they print is to be predicted.",
      "See docs/formats/dataset.md."
    })
final class PrepGenerateCommand extends PrepSubcommand {
  @Option(
      names = "--task",
      required = true,
      paramLabel = "NAME",
      description = "parity, addition or programs")
  private String task;

  @Option(
      names = "--train",
      paramLabel = "N",
      description = "examples to train on (default: ${DEFAULT-VALUE})")
  private long train = 10_000;

  @Option(
      names = "--valid",
      paramLabel = "N",
      description = "examples to validate on (default: ${DEFAULT-VALUE}; 0: none)")
  private long valid = 1_000;

  @Option(
      names = "--test",
      paramLabel = "N",
      description = "examples to test on (default: ${DEFAULT-VALUE}; 0: none)")
  private long test = 1_000;

  @Option(
      names = "--lengths",
      paramLabel = "N-N",
      description = "parity: lengths of the strings, each as likely (default: ${DEFAULT-VALUE})")
  private String lengths = "1-20";

  @Option(
      names = "--test-lengths",
      paramLabel = "N-N",
      description = "parity: lengths of those to test on (default: those of --lengths)")
  private String testLengths;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "decides about all examples (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Mixin private GeneratedTextOptions text;

  @Override
  Function<SparkSession, PreparationSummary> preparation() {
    Map<Split, Long> examples = examples();
    return switch (task) {
      case "parity" -> parity(examples);
      case "addition" -> text(text.addition(seed), examples);
      case "programs" -> text(text.programs(seed), examples);
      default -> throw invalid("--task", task, "parity, addition or programs");
    };
  }

  private Function<SparkSession, PreparationSummary> text(
      TextGenerator generator, Map<Split, Long> examples) {
    var generation = new TextGeneration(target(), generator, examples);
    return generation::run;
  }

  private Map<Split, Long> examples() {
    Map<Split, Long> examples = new EnumMap<>(Split.class);
    examples.put(Split.TRAIN, train);
    if (valid != 0) {
      examples.put(Split.VALID, valid);
    }
    if (test != 0) {
      examples.put(Split.TEST, test);
    }
    return examples;
  }

  private Function<SparkSession, PreparationSummary> parity(Map<Split, Long> examples) {
    Lengths usual = Lengths.of(lengths);
    Map<Split, Lengths> bySplit = new EnumMap<>(Split.class);
    bySplit.put(Split.TRAIN, usual);
    bySplit.put(Split.VALID, usual);
    bySplit.put(Split.TEST, testLengths == null ? usual : Lengths.of(testLengths));
    var options = new ParityOptions(target(), examples, bySplit, seed);
    return spark -> new ParityPreparation(spark, options).run();
  }
}
