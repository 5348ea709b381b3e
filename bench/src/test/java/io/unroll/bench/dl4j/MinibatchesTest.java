package io.unroll.bench.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

class MinibatchesTest {
  private static final Workload TINY =
      new Workload("tiny", 3, 2, 100, 4, 4, Workload.Optimizer.SGD, 0);

  @Test
  void labelsAreTheTokensThatFollow() {
    List<DataSet> minibatches = Minibatches.of(TINY, IntStream.range(0, 13).toArray());
    assertEquals(2, minibatches.size());
    DataSet first = minibatches.get(0);
    assertArrayEquals(new long[] {2, 1, 3}, first.getFeatures().shape());
    assertArrayEquals(new int[] {0, 1, 2, 6, 7, 8}, first.getFeatures().ravel().toIntVector());
    assertArrayEquals(new int[] {1, 2, 3, 7, 8, 9}, first.getLabels().ravel().toIntVector());
    DataSet second = minibatches.get(1);
    assertArrayEquals(new int[] {3, 4, 5, 9, 10, 11}, second.getFeatures().ravel().toIntVector());
  }

  @Test
  void refusesATextShorterThanOneMinibatch() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Minibatches.of(TINY, new int[TINY.batch()]));
    assertEquals("Cannot train on 2 tokens: one minibatch of tiny has 6", e.getMessage());
  }

  @Test
  void numbersCharactersInOrderAndKeepsNineTenths() {
    CharacterText text = CharacterText.of("cabcabcabx");
    assertEquals(4, text.vocabulary());
    assertArrayEquals(new int[] {2, 0, 1, 2, 0, 1, 2, 0, 1}, text.tokens());
  }

  @Test
  void saysWhyThereIsNoGru() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Workload.named("gru-512"));
    assertEquals(
        "Invalid --preset: gru-512 (Deeplearning4j has no GRU; expected one of char-128, char-512,"
            + " word-200, word-650)",
        e.getMessage());
  }
}
