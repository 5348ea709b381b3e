package io.unroll.driver.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.BpeTokenizer;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.dataprep.tokenize.Merges;
import io.unroll.dataprep.tokenize.WordTokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpellingTest {
  private static void assertPiecesAreTheWhole(Vocabulary vocabulary) {
    int[] tokens = new Random(1).ints(200, 0, vocabulary.size()).toArray();
    for (int prompt : new int[] {0, 1, 5}) {
      int[] before = Arrays.copyOf(tokens, prompt);
      Spelling spelling = new Spelling(vocabulary, before);
      StringBuilder text = new StringBuilder(vocabulary.decode(before));
      for (int x = prompt; x < tokens.length; x++) {
        text.append(spelling.add(tokens[x]));
      }
      assertEquals(vocabulary.decode(tokens), text.toString());
    }
  }

  @Test
  void thePiecesTogetherAreTheText() {
    assertPiecesAreTheWhole(new Vocabulary(new CharTokenizer(1), List.of("\n", "a", "b")));
    assertPiecesAreTheWhole(
        new Vocabulary(new WordTokenizer(true, 1, 0), List.of("<unk>", "<eos>", "the", "king")));
    assertPiecesAreTheWhole(
        new Vocabulary(new CaptionTokenizer(1), List.of("<unk>", "<bos>", "<eos>", "man", "a")));
  }

  @Test
  void charactersOfSeveralTokensWaitUntilTheyAreWhole() {
    var vocabulary = new Vocabulary(new BpeTokenizer(false, 1, 300), new Merges().pieces());
    String text = "5 \u20ac, na\u00efve \ud83d\udc69.";
    Spelling spelling = new Spelling(vocabulary, new int[0]);
    List<String> pieces = IntStream.of(vocabulary.encode(text)).mapToObj(spelling::add).toList();
    assertEquals(text, String.join("", pieces));
    assertEquals(List.of("5", " ", "", "", "\u20ac", ","), pieces.subList(0, 6));
  }

  @Test
  void bytesThatAreNoCharacterAreShownAsSuch() {
    var vocabulary = new Vocabulary(new BpeTokenizer(false, 1, 300), new Merges().pieces());
    Spelling spelling = new Spelling(vocabulary, new int[0]);
    assertEquals("\ufffd", spelling.add(0x80));
    assertEquals("", spelling.add(0xc3));
    assertEquals("\ufffda", spelling.add('a'));
    assertEquals("b", spelling.add('b'));
  }
}
