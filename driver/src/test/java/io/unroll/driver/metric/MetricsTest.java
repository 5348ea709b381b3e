package io.unroll.driver.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.dataprep.DataException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Bleu BLEU = new Bleu(BleuTokens.MTEVAL_13A, false);

  private static Compared compared(String hypothesis, String... references) {
    return new Compared(hypothesis, List.of(references));
  }

  /** The case of sacrebleu's page. */
  @Test
  void bleuOfThreeSentences() {
    List<Compared> corpus =
        List.of(
            compared("The dog bit the man.", "The dog bit the man.", "The dog had bit the man."),
            compared("It wasn't surprising.", "It was not unexpected.", "No one was surprised."),
            compared(
                "The man had just bitten him.",
                "The man bit him first.",
                "The man had bitten the dog."));
    assertEquals(48.530827, BLEU.of(corpus).score(), 1e-6);
    assertEquals(List.of(14L, 7L, 5L, 3L), BLEU.of(corpus).matches());
    assertEquals("nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp", BLEU.signature(2));
    assertEquals(43.91623493, new Bleu(BleuTokens.INTERNATIONAL, false).of(corpus).score(), 1e-8);
    assertEquals(49.1919566, new Bleu(BleuTokens.NONE, false).of(corpus).score(), 1e-7);
  }

  @Test
  void equalTextsReachTheBestScores() {
    List<Compared> corpus =
        List.of(
            compared("a man rides a wave", "a man rides a wave"),
            compared("two dogs sit on grass", "two dogs sit on grass"));
    assertEquals(100, BLEU.of(corpus).score(), 1e-9);
    assertEquals(100, new Chrf(false).of(corpus), 1e-9);
    assertArrayEquals(new double[] {1, 1, 1, 1}, CaptionBleu.of(corpus), 1e-8);
    assertEquals(1, RougeL.of(corpus), 1e-12);
    assertEquals(10, new CiderD(corpus).of(corpus), 1e-9);
  }

  @Test
  void nothingInCommonReachesNothing() {
    List<Compared> corpus = List.of(compared("x", "a b c d"), compared("", "e f"));
    assertEquals(0, BLEU.of(corpus).score());
    assertEquals(0, new Chrf(false).of(corpus));
    assertEquals(0, CaptionBleu.of(corpus)[0], 1e-9);
    assertEquals(0, RougeL.of(corpus));
    assertEquals(0, new CiderD(corpus).of(corpus));
  }

  /** One of four tokens in order, of three said: P = 1/3, R = 1/4. */
  @Test
  void rougeTakesTheLongestCommonSubsequence() {
    double f = (1 + 1.44) * (1.0 / 3) * 0.25 / (0.25 + 1.44 / 3);
    assertEquals(f, RougeL.of(List.of(compared("x b y", "a b c d"))), 1e-12);
    double best = (1 + 1.44) * (2.0 / 3) * 1 / (1 + 1.44 * 2 / 3);
    assertEquals(best, RougeL.of(List.of(compared("a x b", "a b", "q"))), 1e-12);
  }

  @Test
  void lowerCaseIsForAllLetters() {
    List<Compared> corpus = List.of(compared("THE DOG BIT IT", "the dog bit it"));
    assertEquals(0, BLEU.of(corpus).score());
    assertEquals(100, new Bleu(BleuTokens.MTEVAL_13A, true).of(corpus).score(), 1e-9);
    assertEquals(100, new Chrf(true).of(corpus), 1e-9);
    assertEquals("nrefs:1|case:lc|eff:yes|nc:6|nw:0|space:no", new Chrf(true).signature(1));
  }

  @Test
  void linesAreComparedByTheirNumber() {
    var said = new ParallelLines.Content("h", "\ufeffone\r\ntwo\n");
    var first = new ParallelLines.Content("a", "eins\nzwei");
    var second = new ParallelLines.Content("b", "\nzwo\n");
    List<Compared> texts = ParallelLines.of(said, List.of(first, second));
    assertEquals(List.of(compared("one", "eins"), compared("two", "zwei", "zwo")), texts);
  }

  @Test
  void refusesLinesThatDoNotFit() {
    var said = new ParallelLines.Content("h", "one\ntwo\n");
    var few = new ParallelLines.Content("r", "eins\n");
    var e = assertThrows(DataException.class, () -> ParallelLines.of(said, List.of(few)));
    assertEquals(
        "Cannot compare h with r: it has 2 lines, and the references have 1 (expected equally"
            + " many)",
        e.getMessage());
    var blank = new ParallelLines.Content("r", "eins\n \n");
    var b = assertThrows(DataException.class, () -> ParallelLines.of(said, List.of(blank, blank)));
    assertEquals(
        "Cannot read r, line 2: it is blank, and so it is in all other references (expected a text"
            + " in one of them)",
        b.getMessage());
    var none = new ParallelLines.Content("h", "");
    assertThrows(DataException.class, () -> ParallelLines.of(none, List.of(none)));
  }
}
