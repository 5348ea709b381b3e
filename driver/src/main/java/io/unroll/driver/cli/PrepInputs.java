package io.unroll.driver.cli;

import io.unroll.dataprep.examples.ExampleUris;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Files to train on, and others to validate and test on. */
class PrepInputs {
  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "URI",
      description = "files, folders or globs")
  private List<String> input;

  @Option(
      names = "--valid-input",
      arity = "1..*",
      paramLabel = "URI",
      description = "what to validate on, instead of a share of --input")
  private List<String> validInput = new ArrayList<>();

  @Option(
      names = "--test-input",
      arity = "1..*",
      paramLabel = "URI",
      description = "what to test on, instead of a share of --input")
  private List<String> testInput = new ArrayList<>();

  final List<String> train() {
    return input;
  }

  final List<String> valid() {
    return validInput;
  }

  final List<String> test() {
    return testInput;
  }

  final ExampleUris uris() {
    return new ExampleUris(input, validInput, testInput);
  }
}
