package io.unroll.driver.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.data.GroupedExample;
import io.unroll.worker.data.Example;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {
  /** Two texts about the first image, one about each of the others. */
  private static final List<GroupedExample> EXAMPLES =
      List.of(example(7, 0, 10), example(7, 0, 11), example(8, 1, 12), example(9, 2, 13));

  private static GroupedExample example(long group, int source, int text) {
    return new GroupedExample(group, Example.ofTokens(new int[] {source}, new int[] {text}));
  }

  private static Candidates candidates(
      Ranking.Ranked ranked, int others, List<GroupedExample> examples) {
    return new Candidates(new Ranking(ranked, others), examples);
  }

  private static Candidates candidates(Ranking.Ranked ranked, int others) {
    return candidates(ranked, others, EXAMPLES);
  }

  private static int[][] sources(List<Example> candidates) {
    return candidates.stream().map(Example::tokens).toArray(int[][]::new);
  }

  private static int[][] texts(List<Example> candidates) {
    return candidates.stream().map(Example::targets).toArray(int[][]::new);
  }

  @Test
  void sourcesOfOtherGroupsAreCandidatesOnce() {
    List<Example> candidates = candidates(Ranking.Ranked.SOURCES, 0).of(2);
    assertArrayEquals(new int[][] {{1}, {0}, {2}}, sources(candidates));
    assertArrayEquals(new int[][] {{12}, {12}, {12}}, texts(candidates));
  }

  @Test
  void textsOfTheSameSourceAreNoCandidates() {
    List<Example> candidates = candidates(Ranking.Ranked.TEXTS, 0).of(1);
    assertArrayEquals(new int[][] {{11}, {12}, {13}}, texts(candidates));
    assertArrayEquals(new int[][] {{0}, {0}, {0}}, sources(candidates));
    assertEquals(5 - 1, candidates(Ranking.Ranked.TEXTS, 9).of(3).size());
  }

  @Test
  void theRightTextIsNotWrongAboutAnotherSource() {
    List<GroupedExample> examples =
        List.of(example(7, 0, 10), example(8, 1, 12), example(9, 2, 10), example(10, 3, 13));
    for (int others : new int[] {0, 2, 9}) {
      List<Example> first = candidates(Ranking.Ranked.TEXTS, others, examples).of(0);
      assertEquals(Set.of(10, 12, 13), Set.of(first.stream().map(x -> x.targets()[0]).toArray()));
      assertEquals(4 - 1, first.size());
    }
    assertEquals(4, candidates(Ranking.Ranked.SOURCES, 0, examples).of(0).size());
  }

  @Test
  void theSameOnesAreDrawnEveryTime() {
    int[][] drawn = texts(candidates(Ranking.Ranked.TEXTS, 2).of(3));
    assertEquals(3, drawn.length);
    assertEquals(13, drawn[0][0]);
    assertArrayEquals(drawn, texts(candidates(Ranking.Ranked.TEXTS, 2).of(3)));
  }

  @Test
  void drawnOnesAreOfOtherGroupsAndNoneTwice() {
    List<GroupedExample> examples =
        IntStream.range(0, 60).mapToObj(x -> example(x / 3, x / 3, x)).toList();
    for (int text = 0; text < examples.size(); text++) {
      int source = text / 3;
      int[] sources =
          candidates(Ranking.Ranked.SOURCES, 9, examples).of(text).stream()
              .mapToInt(candidate -> candidate.tokens()[0])
              .toArray();
      assertEquals(source, sources[0]);
      assertEquals(10, IntStream.of(sources).distinct().count());
      int[] texts =
          candidates(Ranking.Ranked.TEXTS, 50, examples).of(text).stream()
              .mapToInt(candidate -> candidate.targets()[0])
              .toArray();
      assertEquals(text, texts[0]);
      assertEquals(51, IntStream.of(texts).distinct().count());
      assertTrue(IntStream.of(texts).skip(1).noneMatch(x -> x / 3 == source));
    }
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
