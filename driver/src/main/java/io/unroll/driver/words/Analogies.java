package io.unroll.driver.words;

import io.unroll.driver.words.AnalogyQuestions.Question;
import io.unroll.driver.words.AnalogyQuestions.Section;
import io.unroll.driver.words.AnalogyScores.Hits;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Asks word vectors questions of analogy. The three words of a question are never its answer: one
 * whose answer is one of them is missed. Questions with a word that is not known are not asked.
 */
public final class Analogies {
  /** Cosines that are kept, since the questions of a section have few words: 64 MB. */
  private static final int KEPT_NUMBERS = 1 << 24;

  private static final int FEWEST_KEPT = 3;

  private final WordVectors vectors;
  private final Map<Integer, float[]> cosines;

  /** For some vectors. */
  public Analogies(WordVectors vectors) {
    this.vectors = vectors;
    int most = Math.max(FEWEST_KEPT, KEPT_NUMBERS / Math.max(1, vectors.count()));
    this.cosines = new Recent(most);
  }

  /** The cosines of the words that were used last. */
  private static final class Recent extends LinkedHashMap<Integer, float[]> {
    private static final long serialVersionUID = 1L;
    private static final float LOAD = 0.75f;
    private final int most;

    private Recent(int most) {
      super(16, LOAD, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, float[]> eldest) {
      return size() > most;
    }
  }

  /** The scores of each section, in their order. */
  public List<AnalogyScores> scores(AnalogyQuestions questions) {
    List<AnalogyScores> scores = new ArrayList<>();
    for (Section section : questions.sections()) {
      scores.add(scores(section));
    }
    return scores;
  }

  /** All sections as one of that name. */
  public static AnalogyScores total(String name, List<AnalogyScores> sections) {
    AnalogyScores none = new AnalogyScores(name, 0, 0, new EnumMap<>(AnalogyMethod.class));
    return sections.stream().reduce(none, AnalogyScores::plus);
  }

  private AnalogyScores scores(Section section) {
    Map<AnalogyMethod, Hits> hits = new EnumMap<>(AnalogyMethod.class);
    long covered = 0;
    for (Question question : section.questions()) {
      int[] ids = ids(question);
      if (ids.length > 0) {
        covered++;
        for (AnalogyMethod method : AnalogyMethod.values()) {
          Hits before = hits.getOrDefault(method, Hits.NONE);
          hits.put(method, before.withAnswerAt(place(method, ids)));
        }
      }
    }
    return new AnalogyScores(section.name(), section.questions().size(), covered, hits);
  }

  /** Those of a, b, c, d; none if one is not known. */
  private int[] ids(Question question) {
    List<OptionalInt> ids =
        Stream.of(question.a(), question.b(), question.c(), question.d()).map(vectors::id).toList();
    return ids.stream().allMatch(OptionalInt::isPresent)
        ? ids.stream().mapToInt(OptionalInt::getAsInt).toArray()
        : new int[0];
  }

  /**
   * The place of the right answer among all possible ones, from 1.
   *
   * @param ids of a, b, c and d
   */
  private int place(AnalogyMethod method, int[] ids) {
    if (IntStream.range(0, ids.length - 1).anyMatch(x -> ids[x] == ids[ids.length - 1])) {
      return Integer.MAX_VALUE;
    }
    float[] a = cosines.computeIfAbsent(ids[0], vectors::cosines);
    float[] b = cosines.computeIfAbsent(ids[1], vectors::cosines);
    float[] c = cosines.computeIfAbsent(ids[2], vectors::cosines);
    int right = ids[ids.length - 1];
    double score = method.score(a[right], b[right], c[right]);
    int place = 1;
    for (int word = 0; word < a.length; word++) {
      if (method.score(a[word], b[word], c[word]) > score
          && word != ids[0]
          && word != ids[1]
          && word != ids[2]) {
        place++;
      }
    }
    return place;
  }
}
