package io.unroll.driver.cli;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.OutputExistsException;
import io.unroll.dataprep.place.InvalidPlaceException;
import io.unroll.driver.config.ConfigurationException;
import io.unroll.driver.config.InvalidSettingException;
import io.unroll.driver.round.DivergedException;
import io.unroll.driver.run.StorageException;
import io.unroll.worker.format.FormatException;
import io.unroll.worker.math.UnusableKernelsException;
import java.util.List;
import java.util.Optional;

/** Exceptions of Unroll whose messages are complete for the user. */
final class CompleteFailures {
  private CompleteFailures() {}

  static Optional<Explanation> explain(Throwable failure) {
    return code(failure).map(code -> new Explanation(code, lines(failure)));
  }

  private static Optional<ExitCode> code(Throwable failure) {
    if (failure instanceof UsageException
        || failure instanceof ConfigurationException
        || failure instanceof InvalidSettingException
        || failure instanceof OutputExistsException
        || failure instanceof InvalidPlaceException
        || failure instanceof UnusableKernelsException) {
      return Optional.of(ExitCode.USAGE);
    }
    if (failure instanceof DataException || failure instanceof FormatException) {
      return Optional.of(ExitCode.BAD_DATA);
    }
    if (failure instanceof DivergedException) {
      return Optional.of(ExitCode.DIVERGED);
    }
    return failure instanceof StorageException || failure instanceof SparkStartException
        ? Optional.of(ExitCode.FAILURE)
        : Optional.empty();
  }

  private static List<String> lines(Throwable failure) {
    if (failure instanceof ConfigurationException configuration) {
      return configuration.lines();
    }
    return failure instanceof SparkStartException
        ? failure.getMessage().lines().toList()
        : List.of(String.valueOf(failure.getMessage()));
  }
}
