package io.unroll.driver.cli;

import io.unroll.dataprep.phrases.PhraseExtraction;
import io.unroll.dataprep.summary.Count;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.predict.PredictedTable;
import io.unroll.driver.report.ProgressLog;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds phrases and their translations. */
@Command(
    name = "phrases",
    description =
        "Finds phrases and their translations in sentences and their translations, for prep pairs:"
            + " words are aligned in both directions by IBM's model 1 with a prior for the"
            + " diagonal (Dyer, Chahuneau and Smith 2013), and all phrases taken that the"
            + " alignment allows (Koehn, Och and Marcu 2003).",
    sortOptions = false)
final class PhrasesCommand implements Callable<Integer> {
  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "URI",
      description = "files, folders or globs with a sentence in each line")
  private List<String> input;

  @Option(
      names = "--input-target",
      required = true,
      arity = "1..*",
      paramLabel = "URI",
      description = "as many files: line n is the translation of line n there")
  private List<String> target;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description = "new folder for lines of a phrase, a tab and its translation, sorted")
  private String output;

  @Option(names = "--lower-case", description = "makes letters lower-case")
  private boolean lowerCase;

  @Option(
      names = "--longest",
      paramLabel = "N",
      defaultValue = "4",
      description = "most words of a phrase (default: ${DEFAULT-VALUE})")
  private int longest;

  @Option(
      names = "--min-count",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "leaves out pairs of phrases that are there less often (default: ${DEFAULT-VALUE})")
  private int minCount;

  @Option(
      names = "--min-share",
      paramLabel = "P",
      defaultValue = "0",
      description =
          "leaves out pairs that are less than this share of all pairs with the same phrase, or with"
              + " the same translation, from 0 to 1 (default: ${DEFAULT-VALUE}, which leaves out"
              + " none)")
  private double minShare;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "5",
      description = "passes over the sentences to align words (default: ${DEFAULT-VALUE})")
  private int iterations;

  @Mixin private SparkOptions sparkOptions;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    OptionValues.requireAtLeastOne(spec, "--longest", longest);
    OptionValues.requireAtLeastOne(spec, "--min-count", minCount);
    OptionValues.requireAtLeastOne(spec, "--iterations", iterations);
    OptionValues.requireShare(spec, "--min-share", minShare);
    var options =
        new PhraseExtraction.Options(
            input, target, lowerCase, longest, minCount, minShare, iterations, output);
    ProgressLog log = quiet.progress(spec.commandLine().getErr());
    try (SparkSession spark = sparkOptions.open("phrases " + input.get(0))) {
      PredictedTable.requireNew(spark, output);
      var extraction = new PhraseExtraction(spark, options);
      long found = JobProgress.during(extraction::run, spark.sparkContext(), log);
      result.print(
          List.of(
              Printable.line("%s: %s".formatted(output, Count.of(found, "pair") + " of phrases"))),
          object ->
              object
                  .put("output", output)
                  .put("phrases", found)
                  .put("longest", longest)
                  .put("min-count", minCount)
                  .put("min-share", minShare)
                  .put("iterations", iterations));
      return ExitCode.DONE.code();
    }
  }
}
