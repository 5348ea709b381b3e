package io.unroll.worker.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentTest {
  /** Token x of the text is x, so a segment says what it predicts. */
  @ParameterizedTest
  @ValueSource(ints = {2, 100, 2048, 2049, 2050, 4097, 10_000})
  void countsEachPredictionOnce(int tokens) {
    int next = 1;
    for (Segment segment : Segment.ofText(IntStream.range(0, tokens).toArray())) {
      assertEquals(next, segment.tokens()[segment.context() + 1]);
      next += segment.predictions();
      assertEquals(next, segment.tokens()[segment.tokens().length - 1] + 1);
    }
    assertEquals(tokens, next);
    assertEquals(Segment.count(tokens), Segment.ofText(new int[tokens]).size());
  }

  @Test
  void readsUpTo256TokensOfContext() {
    List<Segment> segments = Segment.ofText(new int[5000]);
    assertEquals(0, segments.get(0).context());
    assertEquals(256, segments.get(1).context());
    assertEquals(256, segments.get(2).context());
    assertEquals(2048, segments.get(1).predictions());
    assertEquals(4999 - 2 * 2048, segments.get(2).predictions());
  }

  @Test
  void hasNoSegmentsWithoutPredictions() {
    assertEquals(0, Segment.count(0));
    assertEquals(0, Segment.count(1));
    assertEquals(List.of(), Segment.ofText(new int[1]));
  }

  @Test
  void rejectsASegmentInWhichNothingCounts() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new Segment(new int[5], 4));
    assertEquals(
        "Cannot evaluate 5 tokens after a context of 4: at least one prediction must count",
        error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Segment.ofSequence(new int[1]));
  }
}
