package io.unroll.driver.evaluate;

import io.unroll.driver.data.GroupedExample;
import io.unroll.worker.data.Example;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which of several sources a text is about, or which of several texts is about a source, as a model
 * answers by what is likelier.
 *
 * @param ranked what is put in order for each text of a split
 * @param others how many wrong ones are drawn for each text; 0: all that there are
 */
public record Ranking(Ranked ranked, int others) implements Serializable {
  /** Most sources whose texts are ranked among all of them: their losses are measured for each. */
  static final int MOST = 2048;

  /** What is put in order. */
  public enum Ranked {
    /** log p(text | source) over the sources, of a fixed text. */
    SOURCES,
    /** log p(text | source) over the texts, of a fixed source. */
    TEXTS;

    /** The name on the command line. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Ranking {
    if (others < 0) {
      throw new IllegalArgumentException("Invalid others: " + others);
    }
  }

  /**
   * Pairs of a source and a text whose likelihoods are to be compared: the right one is first.
   *
   * @param examples of the split; those of a group come one after the other, and have one source
   * @param right index of the right pair
   */
  List<Example> candidates(List<GroupedExample> examples, int right) {
    int[] wrong = wrong(examples, examples.get(right).group());
    if (others > 0 && others < wrong.length) {
      draw(wrong, right);
      wrong = Arrays.copyOf(wrong, others);
    }
    return IntStream.concat(IntStream.of(right), IntStream.of(wrong))
        .mapToObj(x -> pair(examples.get(right).example(), examples.get(x).example()))
        .toList();
  }

  private Example pair(Example right, Example other) {
    return ranked == Ranked.SOURCES ? right.about(other) : other.about(right);
  }

  /** Every source of another group once, or every text of another group. */
  private int[] wrong(List<GroupedExample> examples, long group) {
    return IntStream.range(0, examples.size())
        .filter(x -> examples.get(x).group() != group)
        .filter(
            x ->
                ranked == Ranked.TEXTS
                    || x == 0
                    || examples.get(x).group() != examples.get(x - 1).group())
        .toArray();
  }

  /** Puts as many as are wanted first, by the index of the right pair: the same every time. */
  private void draw(int[] wrong, int right) {
    Random random = new Random(right);
    for (int x = 0; x < others; x++) {
      int y = x + random.nextInt(wrong.length - x);
      int drawn = wrong[y];
      wrong[y] = wrong[x];
      wrong[x] = drawn;
    }
  }
}
