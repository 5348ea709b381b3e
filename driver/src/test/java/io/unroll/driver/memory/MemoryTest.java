package io.unroll.driver.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MemoryTest {
  private static final double GIBIBYTE = 1L << 30;
  private static final Memory MEMORY = new Memory(2 * GIBIBYTE, "an executor", "memory=");

  @Test
  void takesWhatFits() {
    MEMORY.require(2 * GIBIBYTE, "train", "");
  }

  @Test
  void refusesWhatDoesNotWithBothSizesAndTheRemedy() {
    assertEquals(
        "Cannot train: at least 8.0 GiB are needed, but an executor has 2.0 GiB. Give more, such"
            + " as memory=10g; or wait",
        assertThrows(
                NotEnoughMemoryException.class, () -> MEMORY.require(8 * GIBIBYTE, "train", "wait"))
            .getMessage());
  }

  @Test
  void writesAmountsForPeople() {
    assertEquals("0.5 MiB", Memory.text(1 << 19));
    assertEquals("68,719,476,736.0 GiB", Memory.text(0x1p66));
  }
}
