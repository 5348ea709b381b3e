package io.unroll.worker.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

class KernelChoiceTest {
  @Test
  void vectorKernelsAreTheFirstChoice() {
    assertInstanceOf(VectorKernels.class, KernelChoice.fastest());
  }

  @Test
  void anyKernelsCanBeHadByName() {
    assertInstanceOf(VectorKernels.class, KernelChoice.named("vector"));
    assertInstanceOf(OpenBlasKernels.class, KernelChoice.named("openblas"));
    assertEquals(PlainKernels.class, KernelChoice.named("plain").getClass());
  }

  @Test
  void refusesUnknownKernels() {
    UnusableKernelsException e =
        assertThrows(UnusableKernelsException.class, () -> KernelChoice.named("fast"));
    assertEquals(
        "Invalid unroll.kernels: fast (expected vector, openblas or plain)", e.getMessage());
  }

  @Test
  void refusesToComputeWithoutFusedMultiplyAdd() {
    KernelChoice.requireFusedMultiplyAdd(true);
    String message =
        assertThrows(
                UnusableKernelsException.class, () -> KernelChoice.requireFusedMultiplyAdd(false))
            .getMessage();
    assertTrue(message.contains("-XX:-UseFMA"), message);
  }

  @Test
  void executorsWithDifferentArithmeticAreRefused() {
    String reference = new PlainKernels().arithmetic();
    assertEquals(reference, KernelChoice.named("vector").arithmetic());
    KernelChoice.requireOne(Set.of(reference));
    String message =
        assertThrows(
                UnusableKernelsException.class,
                () -> KernelChoice.requireOne(Set.of(reference, "openblas")))
            .getMessage();
    assertTrue(message.contains("(openblas, reference)"), message);
    assertTrue(message.contains("spark.executor.extraJavaOptions"), message);
  }
}
