package io.unroll.driver.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OnnxFormatTest {
  private static Optional<String> refusal(int vocabulary) {
    return new OnnxFormat()
        .refusal(new LanguageArchitecture(Cell.GRU, vocabulary, 64, 64, 1, 0, true));
  }

  @Test
  void refusesModelsThatNoFileHasRoomFor() {
    assertEquals(Optional.empty(), refusal(8_000_000));
    String refusal = refusal(8_300_000).orElseThrow();
    assertTrue(refusal.startsWith("it has 539,524,960 parameters; a file in ONNX has"), refusal);
    assertTrue(refusal.contains("at most 2 GiB (expected at most 535,822,336)"), refusal);
  }
}
