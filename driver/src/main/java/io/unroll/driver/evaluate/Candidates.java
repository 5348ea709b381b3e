package io.unroll.driver.evaluate;

import io.unroll.dataprep.examples.Mixing;
import io.unroll.driver.data.GroupedExample;
import io.unroll.worker.data.Example;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What each text of a split, or its source, is compared with. */
final class Candidates implements Serializable {
  private final Ranking ranking;
  private final List<GroupedExample> examples;

  /** Index of the first example of each group, and behind the last one. */
  private final int[] begins;

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
  }

  /** How many texts there are. */
  int texts() {
    return examples.size();
  }

  /**
   * Pairs of a source and a text whose likelihoods are to be compared: the right one is first, the
   * others are every source of another group once, or every text of another group, or as many of
   * them as the ranking wants.
   *
   * @param right index of the right pair
   */
  List<Example> of(int right) {
    int group = group(right);
    boolean sources = ranking.ranked() == Ranking.Ranked.SOURCES;
    int from = sources ? group : begins[group];
    int own = sources ? 1 : begins[group + 1] - from;
    int all = sources ? begins.length - 1 : examples.size();
    // Those of its own group, which come one after the other, are passed over.
    IntStream wrong =
        drawn(right, all - own).map(x -> x < from ? x : x + own).map(x -> sources ? begins[x] : x);
    return IntStream.concat(IntStream.of(right), wrong)
        .mapToObj(x -> pair(examples.get(right).example(), examples.get(x).example()))
        .toList();
  }

  private int group(int example) {
    int found = Arrays.binarySearch(begins, example);
    return found >= 0 ? found : -found - 2;
  }

  /** As many of the wrong ones as are wanted, none twice: the same for a pair every time. */
  private IntStream drawn(int right, int wrong) {
    if (ranking.others() == 0 || ranking.others() >= wrong) {
      return IntStream.range(0, wrong);
    }
    return IntStream.iterate(0, x -> x + 1)
        .map(x -> Math.floorMod(Mixing.of(right, x), wrong))
        .distinct()
        .limit(ranking.others());
  }

  private Example pair(Example right, Example other) {
    return ranking.ranked() == Ranking.Ranked.SOURCES ? right.about(other) : other.about(right);
  }
}
