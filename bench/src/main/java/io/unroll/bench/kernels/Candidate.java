package io.unroll.bench.kernels;

import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.PlainKernels;

/** The kernels that are compared. */
public enum Candidate {
  /** What a worker of this JVM uses. */
  FAST,
  /** The reference. */
  PLAIN;

  Kernels kernels() {
    return switch (this) {
      case FAST -> KernelChoice.fastest();
      case PLAIN -> new PlainKernels();
    };
  }
}
