package io.unroll.dataprep.counting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
import io.unroll.dataprep.tokenize.WordTokenizer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtendedVocabularyTest {
  private static final Vocabulary WORDS =
      new Vocabulary(new WordTokenizer(true, 2, 0), List.of("<unk>", "<eos>", "to", "be"));

  private static void assertRefused(String message, Tokenizer tokenizer) {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> new ExtendedVocabulary(WORDS, tokenizer));
    assertEquals(message, e.getMessage());
  }

  @Test
  void takesOnlyOtherLimitsThanTheVocabularyHad() {
    assertEquals(
        7, new ExtendedVocabulary(WORDS, WORDS.tokenizer().choosing(7, 4)).tokenizer().minCount());
    assertRefused(
        "Invalid max-vocabulary: 3 (expected 0 for no limit, or at least the 4 tokens that the"
            + " vocabulary has)",
        WORDS.tokenizer().choosing(1, 3));
    assertRefused(
        "Invalid tokenizer: WordTokenizer[lowerCase=false, minCount=1, maxVocabulary=0] (expected"
            + " that of the vocabulary, WordTokenizer[lowerCase=true, minCount=2, maxVocabulary=0])",
        new WordTokenizer(false, 1, 0));
  }

  @Test
  void otherTokenizersHaveNoLargestVocabulary() {
    for (Tokenizer tokenizer : List.of(new CharTokenizer(1), new CaptionTokenizer(1))) {
      assertEquals(2, tokenizer.choosing(2, 0).minCount());
      assertEquals(
          "Invalid max-vocabulary: the %s tokenizer has no such setting (expected tokenizer word)"
              .formatted(tokenizer.kind()),
          assertThrows(IllegalArgumentException.class, () -> tokenizer.choosing(2, 9))
              .getMessage());
    }
  }
}
