package io.unroll.driver.evaluate;

import io.unroll.dataprep.examples.Mixing;
import io.unroll.driver.data.GroupedExample;
import io.unroll.worker.data.Example;
import java.io.Serializable;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What each text of a split, or its source, is compared with. */
final class Candidates implements Serializable {
  private final Ranking ranking;
  private final List<GroupedExample> examples;

  /** Index of the first example of each group, and behind the last one. */
  private final int[] begins;

  /** Number of each example's text: equal texts have the same. */
  private final int[] texts;

  /**
   * @param examples of the split; those of a group come one after the other, and have one source
   */
  Candidates(Ranking ranking, List<GroupedExample> examples) {
    this.ranking = ranking;
    this.examples = examples;
    IntStream firsts =
        IntStream.range(0, examples.size())
            .filter(x -> x == 0 || examples.get(x).group() != examples.get(x - 1).group());
    this.begins = IntStream.concat(firsts, IntStream.of(examples.size())).toArray();
    Map<IntBuffer, Integer> numbers = new HashMap<>();
    this.texts =
        examples.stream()
            .map(example -> IntBuffer.wrap(example.example().targets()))
            .mapToInt(text -> numbers.computeIfAbsent(text, x -> numbers.size()))
            .toArray();
  }

  /** How many texts there are. */
  int texts() {
    return examples.size();
  }

  /**
   * Pairs of a source and a text whose likelihoods are to be compared: the right one is first, the
   * others are every source of another group once, or every text of another group that is not the
   * right text again, or as many of them as the ranking wants.
   *
   * @param right index of the right pair
   */
  List<Example> of(int right) {
    return IntStream.concat(IntStream.of(right), drawn(right, wrong(right)))
        .mapToObj(x -> pair(examples.get(right).example(), examples.get(x).example()))
        .toList();
  }

  /** Indices of all wrong ones. */
  private int[] wrong(int right) {
    int group = group(right);
    if (ranking.ranked() == Ranking.Ranked.SOURCES) {
      return IntStream.range(0, begins.length - 1)
          .filter(x -> x != group)
          .map(x -> begins[x])
          .toArray();
    }
    return IntStream.range(0, examples.size())
        .filter(x -> x < begins[group] || x >= begins[group + 1])
        .filter(x -> texts[x] != texts[right])
        .toArray();
  }

  private int group(int example) {
    int found = Arrays.binarySearch(begins, example);
    return found >= 0 ? found : -found - 2;
  }

  /** As many of the wrong ones as are wanted, none twice: the same for a pair every time. */
  private IntStream drawn(int right, int[] wrong) {
    if (ranking.others() == 0 || ranking.others() >= wrong.length) {
      return IntStream.of(wrong);
    }
    return IntStream.iterate(0, x -> x + 1)
        .map(x -> wrong[Math.floorMod(Mixing.of(right, x), wrong.length)])
        .distinct()
        .limit(ranking.others());
  }

  private Example pair(Example right, Example other) {
    return ranking.ranked() == Ranking.Ranked.SOURCES ? right.about(other) : other.about(right);
  }
}
