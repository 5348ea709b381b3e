package io.unroll.worker.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.worker.math.PlainKernels;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class BeamOptionsTest {
  @Test
  void rejectsWhatCannotBe() {
    assertRejected("Invalid --beam: 0 (expected at least 1)", () -> new BeamOptions(0, 1, 1, 0, 9));
    assertRejected(
        "Invalid --best: 4 (expected 1 to --beam, which is 3)",
        () -> new BeamOptions(3, 4, 1, 0, 9));
    assertRejected(
        "Invalid --best: 0 (expected 1 to --beam, which is 3)",
        () -> new BeamOptions(3, 0, 1, 0, 9));
    assertRejected(
        "Invalid --length-penalty: NaN (expected at least 0)",
        () -> new BeamOptions(3, 1, Double.NaN, 0, 9));
    assertRejected(
        "Invalid --length-penalty: -0.5 (expected at least 0)",
        () -> new BeamOptions(3, 1, -0.5, 0, 9));
    assertRejected(
        "Invalid --no-repeat: -1 (expected 1 or more, or 0 for no limit)",
        () -> new BeamOptions(3, 1, 1, -1, 9));
    assertRejected(
        "Invalid --longest: 0 (expected at least 1)", () -> new BeamOptions(3, 1, 1, 0, 0));
  }

  @Test
  void rejectsTokensThatTheVocabularyLacks() {
    Generator generator = new ScriptedGenerator(Map.of(), 0, 1);
    BeamTokens tokens = new BeamTokens(0, 2, OptionalInt.empty());
    assertRejected(
        "Invalid end token: 2 (expected 0 to 1)",
        () -> new BeamSearch(generator, BeamOptions.greedy(9), tokens, 1, new PlainKernels()));
    assertRejected(
        "Invalid unknown token: 1 (expected another than the end token)",
        () -> new BeamTokens(0, 1, OptionalInt.of(1)));
  }

  @Test
  void countsARowForGreedyBesideTheBeam() {
    assertEquals(5, BeamOptions.greedy(9).rows(5));
    assertEquals(20, BeamOptions.beam(3, 9).rows(5));
  }

  private static void assertRejected(String message, Executable maker) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, maker).getMessage());
  }
}
