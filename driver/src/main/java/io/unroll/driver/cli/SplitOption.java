package io.unroll.driver.cli;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Split;
import io.unroll.driver.evaluate.SplitEvaluation;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which part of a dataset a command measures on. */
final class SplitOption {
  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "train, valid or test (default: test, or valid where there is no test split)")
  private String split;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Refuses what is no name of a split, before anything is begun. */
  void check() {
    asked();
  }

  /** Whether the option was given. */
  boolean isGiven() {
    return split != null;
  }

  /**
   * What was asked for, or else the usual one; where that is not the test split, it is told.
   *
   * @param data how the user named the dataset
   */
  Split of(DatasetDirectory dataset, String data) {
    return asked().orElseGet(() -> usual(dataset, data));
  }

  private Split usual(DatasetDirectory dataset, String data) {
    Split usual = SplitEvaluation.usual(dataset);
    if (usual != Split.TEST) {
      command
          .commandLine()
          .getErr()
          .printf(
              "%s has no test split (`prep --fractions 0.8,0.1,0.1` makes one): this is its validation split%n",
              data);
    }
    return usual;
  }

  private Optional<Split> asked() {
    try {
      return Optional.ofNullable(split).map(Split::of);
    } catch (DataException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
