package io.unroll.dataprep.tokenize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenizersTest {
  private static List<String> tokens(Tokenizer tokenizer, String text) throws IOException {
    TokenStream stream = tokenizer.tokens(CodePoints.of(text));
    List<String> tokens = new ArrayList<>();
    for (String token = stream.next(); token != null; token = stream.next()) {
      tokens.add(token);
    }
    return tokens;
  }

  @Test
  void charKeepsEveryCodePoint() throws IOException {
    var tokenizer = new CharTokenizer(1);
    String text = "a\r\n\t \0\u00e9\u4e2d\ud83d\ude00";
    assertEquals(
        List.of("a", "\r", "\n", "\t", " ", "\0", "\u00e9", "\u4e2d", "\ud83d\ude00"),
        tokens(tokenizer, text));
    assertEquals(text, tokenizer.join(tokens(tokenizer, text)));
  }

  @Test
  void wordEndsEveryLineEvenBlankOnes() throws IOException {
    var tokenizer = new WordTokenizer(false, 1, 0);
    assertEquals(
        List.of("<eos>", "The", "<unk>", "<eos>", "<eos>", "sat", "."),
        tokens(tokenizer, "\n The <unk> \r\n\nsat\u00a0\u2003 ."));
  }

  @Test
  void wordMakesLowerCaseWhereAsked() throws IOException {
    assertEquals(
        List.of("the", "\u00fc", "<unk>", "<eos>"),
        tokens(new WordTokenizer(true, 1, 0), "THE \u00dc <UNK>\n"));
  }

  @Test
  void wordJoinsLines() {
    var tokenizer = new WordTokenizer(false, 1, 0);
    assertEquals("a b\n\nc", tokenizer.join(List.of("a", "b", "<eos>", "<eos>", "c")));
  }

  @Test
  void captionDropsPunctuationCaseAndLineBreaks() throws IOException {
    var tokenizer = new CaptionTokenizer(5);
    assertEquals(
        List.of("a", "mans", "well8dressed", "dog", "sits"),
        tokens(tokenizer, "  A man's\n\"well8-dressed\"  dog\u2019,\r\n$sits \ud83d. "));
    assertEquals(List.of(), tokens(tokenizer, " ... \n"));
    assertEquals("a dog", tokenizer.join(List.of("<bos>", "a", "dog", "<eos>")));
  }

  @Test
  void knowsWhatCanBeAToken() {
    assertTrue(new CharTokenizer(1).isToken("\ud83d\ude00"));
    assertTrue(new CharTokenizer(1).isToken("<unk>"));
    assertFalse(new CharTokenizer(1).isToken("ab"));
    assertFalse(new CharTokenizer(1).isToken(""));
    assertFalse(new CharTokenizer(1).isToken("\ud83d"));
    assertFalse(new WordTokenizer(false, 1, 0).isToken("a b"));
    assertFalse(new WordTokenizer(false, 1, 0).isToken("a\ud83d"));
  }

  @Test
  void refusesAnEndlessWord() {
    String text = "x".repeat(Words.LONGEST_WORD + 1);
    var e = assertThrows(IOException.class, () -> tokens(new WordTokenizer(false, 1, 0), text));
    assertEquals("it has a word of more than 1,048,576 characters", e.getMessage());
  }

  @Test
  void isMadeFromTheNamesOfTheCommandLine() {
    assertEquals(new CharTokenizer(2), Tokenizer.of("char", false, 2, 0));
    assertEquals(new WordTokenizer(true, 3, 100), Tokenizer.of("word", true, 3, 100));
    assertRefused(
        "Invalid tokenizer: bytes (expected char, word, word-punctuation or bpe)",
        "bytes",
        false,
        1,
        0);
    assertRefused("Invalid min-count: 0 (expected at least 1)", "word", false, 0, 0);
    assertRefused(
        "Invalid max-vocabulary: 2 (expected 0 for no limit, or at least 3: <unk>, <eos> and a word)",
        "word",
        false,
        1,
        2);
    assertRefused(
        "Invalid lower-case: the char tokenizer has no such setting (expected tokenizer word)",
        "char",
        true,
        1,
        0);
  }

  private static void assertRefused(
      String message, String kind, boolean lowerCase, int minCount, int maxVocabulary) {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Tokenizer.of(kind, lowerCase, minCount, maxVocabulary));
    assertEquals(message, e.getMessage());
  }
}
