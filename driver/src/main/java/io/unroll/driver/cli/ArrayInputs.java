package io.unroll.driver.cli;

import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.examples.Division;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.vectors.Scaling;
import io.unroll.dataprep.vectors.VectorUris;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Arrays to train on, others to validate and test on, and the labels of all of them. */
final class ArrayInputs extends PrepInputs {
  @Option(
      names = "--labels",
      arity = "1..*",
      paramLabel = "URI",
      description = "the labels of --input, file by file")
  private List<String> labels = new ArrayList<>();

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

  VectorUris arrays() {
    return new VectorUris(uris(), new ExampleUris(labels, validLabels, testLabels));
  }

  /** Arrays have their labels in files of their own. */
  void requireLabels() {
    if (labels.isEmpty()) {
      throw new IllegalArgumentException(
          "Missing --labels (expected the files with the labels of --input)");
    }
  }

  /** Tables have their labels in a column. */
  void requireNoLabels() {
    if (classes != null || !labels.isEmpty() || !validLabels.isEmpty() || !testLabels.isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid %s: tables have their labels in a column (expected none with --format; --column label=NAME chooses the column)"
              .formatted(classes != null ? "--classes" : "--labels"));
    }
  }

  /** Where the names of the labels are. */
  Optional<String> classes() {
    return Optional.ofNullable(classes);
  }

  Scaling scaling() {
    return new Scaling(true, mean, deviation);
  }

  /**
   * How the training input is divided.
   *
   * @param fractions null if none are given
   */
  Division division(Fractions fractions, long seed) {
    if (validLast == null) {
      return Division.of(uris(), fractions, seed, false);
    }
    if (fractions != null || !valid().isEmpty()) {
      throw PrepSubcommand.invalid(
          "--valid-last", validLast.toString(), "neither --fractions nor --valid-input beside it");
    }
    return new Division.Last(validLast);
  }
}
