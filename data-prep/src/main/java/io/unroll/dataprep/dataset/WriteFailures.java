package io.unroll.dataprep.dataset;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.ScratchSpace;
import io.unroll.dataprep.UnreachableInputException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Finds in what Spark reports of a failed write whether data, the output or Spark is at fault. */
final class WriteFailures {
  private WriteFailures() {}

  /** The exception to throw: inputs, an output that cannot be written, or a fault of ours. */
  static RuntimeException explain(String uri, Throwable failure) {
    IOException output = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataException || cause instanceof UnreachableInputException) {
        return (RuntimeException) cause;
      }
      if (cause instanceof IOException io) {
        output = io;
      }
    }
    if (output != null && ScratchSpace.failureIn(failure).isEmpty()) {
      return new UncheckedIOException(
          "Cannot write dataset %s: %s (it is left unfinished; when that is mended, run the same command again)"
              .formatted(uri, output.getMessage()),
          output);
    }
    if (failure instanceof RuntimeException ours) {
      return ours;
    }
    return new IllegalStateException("Cannot write dataset %s".formatted(uri), failure);
  }
}
