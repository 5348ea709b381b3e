package io.unroll.driver.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.driver.words.AnalogyScores.Hits;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnalogiesTest {
  /** Kings and queens by age, sex and rank, and what wrong signs would answer. */
  private static final List<String> ROYALS =
      List.of("man", "woman", "king", "queen", "b-a-c", "a-b-c", "a-b+c", "a+b-c");

  private static final float[] ROYAL_VALUES = {
    1, 0, 0, // man
    1, 1, 0, // woman
    1, 0, 1, // king
    1, 1, 1, // queen
    -1, 1, -1, -1, -1, -1, 1, -1, 1, 1, 1, -1
  };

  private static AnalogyScores scores(WordVectors vectors, String... questions) {
    String text = ": some\n" + String.join("\n", questions);
    return new Analogies(vectors).scores(AnalogyQuestions.parse(text, "questions.txt")).get(0);
  }

  private static WordVectors royals(boolean lowerCase) {
    return new WordVectors("here", ROYALS, lowerCase, ROYAL_VALUES.clone());
  }

  @Test
  void answersWithBMinusAPlusC() {
    AnalogyScores scores = scores(royals(false), "man woman king queen");
    assertEquals(1, scores.top1(AnalogyMethod.ADD));
    assertEquals(1, scores.top1(AnalogyMethod.MULTIPLY));
  }

  @Test
  void asksTheQuestionAsItIsWritten() {
    // The other way round the answer is the man, not the queen.
    AnalogyScores scores = scores(royals(false), "queen king woman man", "queen king woman a-b+c");
    assertEquals(0.5, scores.top1(AnalogyMethod.ADD));
  }

  /**
   * a, b and c are axes, so the coordinates of the others are their cosines. Of "add" the sum is .9
   * and the product .95 · .5 / .501 = .948; of "multiply" .4 + .4 and .7 · .7 / .501 = .978.
   */
  @Test
  void sumsAndProductsChooseDifferentAnswers() {
    List<String> words = List.of("a", "b", "c", "add", "multiply");
    float[] values = {
      1,
      0,
      0,
      0,
      0,
      1,
      0,
      0,
      0,
      0,
      1,
      0,
      0,
      9,
      0,
      10 * (float) Math.sqrt(1 - 0.81), // the length does not matter
      0,
      0.4f,
      0.4f,
      (float) Math.sqrt(1 - 0.32)
    };
    WordVectors vectors = new WordVectors("here", words, false, values);
    AnalogyScores add = scores(vectors, "a b c add");
    assertEquals(new Hits(1, 1), add.hits().get(AnalogyMethod.ADD));
    assertEquals(new Hits(0, 1), add.hits().get(AnalogyMethod.MULTIPLY));
    AnalogyScores multiply = scores(vectors, "a b c multiply");
    assertEquals(new Hits(0, 1), multiply.hits().get(AnalogyMethod.ADD));
    assertEquals(new Hits(1, 1), multiply.hits().get(AnalogyMethod.MULTIPLY));
  }

  @Test
  void methodsAreThoseOfTheirFormulas() {
    assertEquals(0.9, AnalogyMethod.ADD.score(0.2, 0.5, 0.6), 1e-12);
    assertEquals(0.75 * 0.8 / 0.601, AnalogyMethod.MULTIPLY.score(0.2, 0.5, 0.6), 1e-12);
  }

  @Test
  void noWordOfAQuestionAnswersIt() {
    // b itself is nearer to b - a + c than d is.
    List<String> words = List.of("a", "b", "c", "d");
    float[] values = {1, 0, 0, 0.1f, 1, 0, 0.9f, 0.1f, 0, 0, 0, 1};
    WordVectors vectors = new WordVectors("here", words, false, values);
    assertEquals(1, scores(vectors, "a b c d").top1(AnalogyMethod.ADD));
    assertEquals(0, scores(vectors, "a b c b").top10(AnalogyMethod.ADD));
  }

  @Test
  void onlyQuestionsOfKnownWordsCount() {
    AnalogyScores scores =
        scores(
            royals(false),
            "man woman king queen",
            "man woman king empress",
            "Man woman king queen");
    assertEquals(3, scores.questions());
    assertEquals(1, scores.covered());
    assertEquals(1, scores.top1(AnalogyMethod.ADD));
  }

  @Test
  void capitalsAreAsTheModelHasThem() {
    assertEquals(1, scores(royals(true), "Man WOMAN King queen").covered());
    assertEquals(0, scores(royals(false), "Man WOMAN King queen").covered());
  }

  @Test
  void totalsAddUp() {
    AnalogyQuestions questions =
        AnalogyQuestions.parse(": x\nman woman king queen\n: y\nman woman king a-b+c\n: z\n", "q");
    List<AnalogyScores> sections = new Analogies(royals(false)).scores(questions);
    AnalogyScores total = Analogies.total("all", sections);
    assertEquals(3, sections.size());
    assertEquals(2, total.covered());
    assertEquals(0.5, total.top1(AnalogyMethod.ADD));
    assertEquals(1, total.top10(AnalogyMethod.ADD));
    assertEquals(0, sections.get(2).coverage());
  }
}
