package io.unroll.driver.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.driver.data.GroupedExample;
import io.unroll.worker.data.Example;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingTest {
  /** Two texts about the first image, one about each of the others. */
  private static final List<GroupedExample> EXAMPLES =
      List.of(example(7, 0, 10), example(7, 0, 11), example(8, 1, 12), example(9, 2, 13));

  private static GroupedExample example(long group, int source, int text) {
    return new GroupedExample(group, Example.ofTokens(new int[] {source}, new int[] {text}));
  }

  private static int[][] sources(List<Example> candidates) {
    return candidates.stream().map(Example::tokens).toArray(int[][]::new);
  }

  private static int[][] texts(List<Example> candidates) {
    return candidates.stream().map(Example::targets).toArray(int[][]::new);
  }

  @Test
  void sourcesOfOtherGroupsAreCandidatesOnce() {
    var ranking = new Ranking(Ranking.Ranked.SOURCES, 0);
    List<Example> candidates = ranking.candidates(EXAMPLES, 2);
    assertArrayEquals(new int[][] {{1}, {0}, {2}}, sources(candidates));
    assertArrayEquals(new int[][] {{12}, {12}, {12}}, texts(candidates));
  }

  @Test
  void textsOfTheSameSourceAreNoCandidates() {
    var ranking = new Ranking(Ranking.Ranked.TEXTS, 0);
    List<Example> candidates = ranking.candidates(EXAMPLES, 1);
    assertArrayEquals(new int[][] {{11}, {12}, {13}}, texts(candidates));
    assertArrayEquals(new int[][] {{0}, {0}, {0}}, sources(candidates));
    assertEquals(5 - 1, new Ranking(Ranking.Ranked.TEXTS, 9).candidates(EXAMPLES, 3).size());
  }

  @Test
  void theSameOnesAreDrawnEveryTime() {
    var ranking = new Ranking(Ranking.Ranked.TEXTS, 2);
    int[][] drawn = texts(ranking.candidates(EXAMPLES, 3));
    assertEquals(3, drawn.length);
    assertEquals(13, drawn[0][0]);
    assertArrayEquals(drawn, texts(ranking.candidates(EXAMPLES, 3)));
  }

  @Test
  void ranksHaveAMedianAndRecall() {
    var ranking = new Ranking(Ranking.Ranked.SOURCES, 0);
    var even = new Ranks(ranking, 9, List.of(1, 8, 2, 3));
    assertEquals(2.5, even.median());
    assertEquals(0.25, even.recall(1));
    assertEquals(0.75, even.recall(5));
    assertEquals(8, new Ranks(ranking, 9, List.of(9, 8, 1)).median());
  }
}
