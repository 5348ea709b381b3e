package io.unroll.driver.words;

import java.util.EnumMap;
import java.util.Map;

/**
 * How many questions of a section were answered.
 *
 * @param name of the section
 * @param questions all of them
 * @param covered those whose four words are all known; the others are not asked
 * @param hits by how they were answered
 */
public record AnalogyScores(
    String name, long questions, long covered, Map<AnalogyMethod, Hits> hits) {
  /**
   * Questions whose answer came first, or among the first ten.
   *
   * @param first questions
   * @param firstTen questions
   */
  public record Hits(long first, long firstTen) {
    private static final int TEN = 10;

    /** Of no question. */
    static final Hits NONE = new Hits(0, 0);

    /** With one more question, whose answer came at a place, from 1. */
    Hits withAnswerAt(int place) {
      return new Hits(first + (place == 1 ? 1 : 0), firstTen + (place <= TEN ? 1 : 0));
    }

    private Hits plus(Hits other) {
      return new Hits(first + other.first, firstTen + other.firstTen);
    }
  }

  /** Both together. */
  AnalogyScores plus(AnalogyScores other) {
    Map<AnalogyMethod, Hits> sums = new EnumMap<>(hits);
    other.hits.forEach((method, more) -> sums.merge(method, more, Hits::plus));
    return new AnalogyScores(name, questions + other.questions, covered + other.covered, sums);
  }

  /** Share of the questions that could be asked, 0 to 1; 0 where there are none. */
  public double coverage() {
    return share(covered, questions);
  }

  /** Share of the covered questions whose answer came first. */
  public double top1(AnalogyMethod method) {
    return share(hits.getOrDefault(method, Hits.NONE).first(), covered);
  }

  /** Share of the covered questions whose answer came among the first ten. */
  public double top10(AnalogyMethod method) {
    return share(hits.getOrDefault(method, Hits.NONE).firstTen(), covered);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
