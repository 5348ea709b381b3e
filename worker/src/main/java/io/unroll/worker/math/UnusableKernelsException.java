package io.unroll.worker.math;

/**
 * The kernels that were asked for do not exist or cannot run here, or those of several JVMs do not
 * fit together. Says what would help.
 */
public final class UnusableKernelsException extends RuntimeException {
  UnusableKernelsException(String message) {
    super(message);
  }

  UnusableKernelsException(String message, Throwable cause) {
    super(message, cause);
  }
}
