package io.unroll.worker.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PresetTest {
  private static void assertPreset(
      Preset preset, Cell cell, int vocabulary, int hidden, int window, int batch) {
    assertEquals(
        new LanguageArchitecture(cell, vocabulary, hidden, hidden, 2, 0, false),
        preset.architecture());
    assertEquals(window, preset.window());
    assertEquals(batch, preset.batch());
    assertEquals(preset, Preset.of(preset.key()));
  }

  @Test
  void areAsTheyAreFixed() {
    assertEquals("char-128, char-512, gru-512, word-200, word-650", Preset.keys());
    assertPreset(Preset.CHAR_128, Cell.LSTM, 65, 128, 50, 50);
    assertPreset(Preset.CHAR_512, Cell.LSTM, 65, 512, 50, 50);
    assertPreset(Preset.GRU_512, Cell.GRU_RESET_AFTER, 65, 512, 50, 50);
    assertPreset(Preset.WORD_200, Cell.LSTM, 10000, 200, 20, 20);
    assertPreset(Preset.WORD_650, Cell.LSTM, 10000, 650, 35, 20);
  }

  /** By hand: 6 · (two layers + output), a layer being gates · H · 2H. */
  @Test
  void countSixOperationsForEachWeightInAProduct() {
    assertEquals(6 * (2 * 131_072 + 8_320), Preset.CHAR_128.flopsPerToken());
    assertEquals(6 * (2 * 2_097_152 + 33_280), Preset.CHAR_512.flopsPerToken());
    assertEquals(6 * (2 * 1_572_864 + 33_280), Preset.GRU_512.flopsPerToken());
    assertEquals(6 * (2 * 320_000 + 2_000_000), Preset.WORD_200.flopsPerToken());
    assertEquals(79_560_000, Preset.WORD_650.flopsPerToken());
  }

  @Test
  void refuseUnknownNamesAndTellTheKnownOnes() {
    Exception unknown = assertThrows(IllegalArgumentException.class, () -> Preset.of("char-5"));
    assertEquals(
        "Invalid preset: char-5 (expected char-128, char-512, gru-512, word-200, word-650)",
        unknown.getMessage());
  }

  @Test
  void areTheSameInThePyTorchScript() throws IOException {
    String script = Files.readString(Path.of("../bench/pytorch.py"));
    for (Preset preset : Preset.values()) {
      LanguageArchitecture architecture = preset.architecture();
      String line =
          String.format(
              Locale.ROOT,
              "    \"%s\": Preset(\"%s\", %d, %d, %d, %d),\n",
              preset.key(),
              architecture.cell() == Cell.LSTM ? "lstm" : "gru",
              architecture.vocabulary(),
              architecture.hidden(),
              preset.window(),
              preset.batch());
      assertTrue(script.contains(line), line);
    }
    assertTrue(script.contains("\nLARGEST_UNIFORM = " + SyntheticTokens.LARGEST_UNIFORM + "\n"));
    assertTrue(script.contains("\nSHIFT = " + SyntheticTokens.SHIFT + "\n"));
  }
}
