package io.unroll.dataprep.tokenize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BpeTokenizerTest {
  private static final BpeTokenizer BPE = new BpeTokenizer(false, 2, 300);

  /**
   * What is easily cut wrongly: blanks, marks, signs, line ends, and code points of all lengths.
   */
  private static final String ODD =
      "Hello  World,   it's 3.5 \u20ac na\u00efve \u2026\t\ttab \t x\n\n  \n  a\u00a0b \u0939\u093f"
          + "\u0928\u094d \u65e5\u672c\ud83d\udc69\u200d\ud83d\udc67 x1\u00bd\u2167 <eos>\r\nend \r";

  private static List<String> tokens(Cutter cutter, String text) throws IOException {
    TokenStream stream = cutter.tokens(CodePoints.of(text));
    List<String> tokens = new ArrayList<>();
    for (String token = stream.next(); token != null; token = stream.next()) {
      tokens.add(token);
    }
    return tokens;
  }

  private static Merges merges(String... pieces) {
    List<String> all = new ArrayList<>(new Merges().pieces());
    all.addAll(List.of(pieces));
    return Merges.of(all);
  }

  @Test
  void wordsAreThoseOfThePattern() throws IOException {
    List<String> expected =
        Pattern.compile(BpeTokenizer.WORDS, Pattern.UNICODE_CHARACTER_CLASS)
            .matcher(ODD)
            .results()
            .map(MatchResult::group)
            .toList();
    assertEquals(expected, tokens(BPE, ODD));
    assertEquals(ODD, String.join("", expected));
  }

  @Test
  void everyTextIsTheJoinOfItsTokens() throws IOException {
    Cutter bytes = BPE.cutter(new Merges().pieces());
    assertEquals(ODD, BPE.join(tokens(bytes, ODD)));
    Cutter pairs = BPE.cutter(merges("\u0120w", "or", "\u0120wor").pieces());
    assertEquals(ODD, BPE.join(tokens(pairs, ODD)));
    assertEquals("", BPE.join(tokens(pairs, "")));
  }

  @Test
  void earlierMergesComeFirstAndFromLeftToRight() throws IOException {
    Cutter cutter = BPE.cutter(merges("aa", "ab", "aab").pieces());
    assertEquals(List.of("aa", "ab", "\u0120", "aab"), tokens(cutter, "aaab aab"));
  }

  @Test
  void lowerCaseMakesEachLetterSmallForItself() throws IOException {
    var lower = new BpeTokenizer(true, 2, 300);
    assertEquals(
        List.of("i\u0307", " \u03c3\u03b1\u03c3"), tokens(lower, "\u0130 \u03a3\u0391\u03a3"));
  }

  @Test
  void piecesTellTheirMerges() {
    Merges merges = merges("th", "the", "\u0120the");
    assertEquals(
        List.of(List.of("t", "h"), List.of("th", "e"), List.of("\u0120", "the")), merges.pairs());
    assertFalse(merges.add('t', 'h'));
  }

  @Test
  void refusesAMergeThatItsPieceWouldNotTell() {
    Merges merges = merges("ab", "bc");
    // The pieces of "abc" are "ab" and "c": the merge of "a" and "bc" could never be used.
    int bc = merges.size() - 1;
    assertFalse(merges.add('a', bc));
    assertEquals(258, merges.size());
  }

  @Test
  void refusesPiecesThatAreNoneOfBytes() {
    var few = assertThrows(IllegalArgumentException.class, () -> Merges.of(List.of("a")));
    assertEquals("the first 256 pieces are not the bytes in their order", few.getMessage());
    var other = assertThrows(IllegalArgumentException.class, () -> merges("th", "then"));
    assertEquals("piece 257, 'then', is not made of two earlier ones", other.getMessage());
    assertThrows(IllegalArgumentException.class, () -> merges("th", "th"));
    assertThrows(IllegalArgumentException.class, () -> merges("a"));
  }

  @Test
  void knowsWhereCharactersEnd() throws IOException {
    List<String> euro = tokens(BPE.cutter(new Merges().pieces()), "x\u20ac");
    assertEquals(4, euro.size());
    assertFalse(BPE.endWithinCharacter(euro));
    assertTrue(BPE.endWithinCharacter(euro.subList(0, 3)));
    assertTrue(BPE.endWithinCharacter(euro.subList(0, 2)));
    assertFalse(BPE.endWithinCharacter(euro.subList(0, 1)));
    assertFalse(BPE.endWithinCharacter(List.of()));
    assertEquals("x\ufffd", BPE.join(euro.subList(0, 2)));
  }

  @Test
  void textsOfTheirOwnBeginAndEnd() throws IOException {
    var sequences = new SequenceTokenizer(BPE);
    List<String> vocabulary = new ArrayList<>(sequences.specialTokens());
    assertEquals(List.of("<bos>", "<eos>"), vocabulary);
    vocabulary.addAll(merges("ab").pieces());
    assertEquals(List.of("ab", "\u0120", "ab"), tokens(sequences.cutter(vocabulary), "ab ab"));
    assertEquals("ab", sequences.join(List.of("<bos>", "ab", "<eos>")));
    assertEquals(0, sequences.bytes("<eos>").orElseThrow());
    assertEquals(2, sequences.bytes("ab").orElseThrow());
  }

  @Test
  void needsRoomForTheBytes() {
    var e = assertThrows(IllegalArgumentException.class, () -> new BpeTokenizer(false, 1, 258));
    assertEquals(
        "Invalid max-vocabulary: 258 (expected at least 259: 256 bytes, <bos>, <eos> and a pair)",
        e.getMessage());
  }
}
