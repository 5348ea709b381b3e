package io.unroll.driver.cli;

import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.examples.Division;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.vectors.Scaling;
import io.unroll.dataprep.vectors.VectorUris;
import io.unroll.dataprep.vectors.VectorsPreparation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Arrays of vectors to dataset. */
@Command(
    name = "vectors",
    description =
        "Turns arrays of vectors with labels into a dataset: images whose rows are the steps, or"
            + " sequences of numbers.",
    sortOptions = false,
    footer = {
      "",
      "Arrays are IDX files or .npy files of NumPy, packed or not: of n examples of T vectors of F",
      "numbers, or of n examples of F; labels are whole numbers: n, or n of T. Bytes are divided by",
      "255.",
      "See docs/formats/dataset.md."
    })
final class PrepVectorsCommand extends PrepFilesCommand {
  @Mixin private PrepInputs inputs;

  @Option(
      names = "--labels",
      required = true,
      arity = "1..*",
      paramLabel = "URI",
      description = "the labels of --input, file by file")
  private List<String> labels;

  @Option(
      names = "--valid-labels",
      arity = "1..*",
      paramLabel = "URI",
      description = "the labels of --valid-input")
  private List<String> validLabels = new ArrayList<>();

  @Option(
      names = "--test-labels",
      arity = "1..*",
      paramLabel = "URI",
      description = "the labels of --test-input")
  private List<String> testLabels = new ArrayList<>();

  @Option(
      names = "--classes",
      paramLabel = "URI",
      description =
          "names of the labels 0, 1, 2 and so on, one in each line (default: the numbers)")
  private String classes;

  @Option(
      names = "--valid-last",
      paramLabel = "N",
      description = "validates on the last N of --input")
  private Integer validLast;

  @Mixin private FractionsOption fractions;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "of the order before it is divided by --fractions (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--mean",
      paramLabel = "X",
      description = "is subtracted from all numbers (default: ${DEFAULT-VALUE})")
  private double mean;

  @Option(
      names = "--deviation",
      paramLabel = "X",
      description = "divides all numbers, after that (default: ${DEFAULT-VALUE}; above 0)")
  private double deviation = 1;

  @Mixin private ExampleOptions examples;

  @Override
  Function<SparkSession, PreparationSummary> preparation() {
    var uris = new VectorUris(inputs.uris(), new ExampleUris(labels, validLabels, testLabels));
    var scaling = new Scaling(true, mean, deviation);
    var settings =
        new ExampleSettings(
            target(),
            Target.LABEL,
            division(uris),
            examples.bad(),
            examples.longest(),
            Optional.empty());
    return spark ->
        new VectorsPreparation(spark, uris, Optional.ofNullable(classes), scaling, settings).run();
  }

  private Division division(VectorUris uris) {
    if (validLast == null) {
      return Division.of(uris.vectors(), fractions.shares(), seed, false);
    }
    if (fractions.shares() != null || !uris.vectors().valid().isEmpty()) {
      throw invalid(
          "--valid-last", validLast.toString(), "neither --fractions nor --valid-input beside it");
    }
    return new Division.Last(validLast);
  }
}
