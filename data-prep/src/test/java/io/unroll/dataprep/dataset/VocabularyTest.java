package io.unroll.dataprep.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.dataprep.tokenize.WordTokenizer;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {
  private static final Vocabulary CHARS =
      new Vocabulary(new CharTokenizer(1), List.of("l", "h", "e", "o", "\n", "\ud83d\ude00"));
  private static final Vocabulary WORDS =
      new Vocabulary(new WordTokenizer(true, 2, 0), List.of("<unk>", "<eos>", "be", "to"));
  private static final Vocabulary CAPTIONS =
      new Vocabulary(new CaptionTokenizer(5), List.of("<unk>", "<bos>", "<eos>", "a", "dog"));

  @Test
  void encodesAndDecodes() {
    int[] hello = {1, 2, 0, 0, 3, 4, 5};
    assertArrayEquals(hello, CHARS.encode("hello\n\ud83d\ude00"));
    assertEquals("hello\n\ud83d\ude00", CHARS.decode(hello));
    assertArrayEquals(new int[] {3, 2, 0, 1, 3}, WORDS.encode("To be , \n to"));
    assertEquals("to be\n<unk>", WORDS.decode(new int[] {3, 2, 1, 0}));
    assertArrayEquals(new int[] {3, 4}, CAPTIONS.encode("A dog."));
    assertEquals("a dog", CAPTIONS.decode(new int[] {1, 3, 4, 2}));
  }

  @Test
  void namesTheCharacterThatItLacks() {
    var e = assertThrows(DataException.class, () -> CHARS.encode("hex"));
    assertEquals(
        "Cannot encode 'x' (U+0078): the vocabulary lacks it and has no <unk>", e.getMessage());
  }

  @Test
  void knowsItsSpecialTokens() {
    assertEquals(OptionalInt.empty(), CHARS.unknown());
    assertEquals(OptionalInt.of(0), WORDS.unknown());
    assertEquals(OptionalInt.of(1), WORDS.end());
    assertEquals(OptionalInt.empty(), WORDS.begin());
    assertEquals(OptionalInt.of(1), CAPTIONS.begin());
  }

  @Test
  void survivesItsFile() {
    for (Vocabulary vocabulary : List.of(CHARS, WORDS, CAPTIONS)) {
      Vocabulary read = Vocabulary.fromJson(vocabulary.toJson());
      assertEquals(vocabulary.tokens(), read.tokens());
      assertEquals(vocabulary.tokenizer(), read.tokenizer());
      assertEquals(vocabulary.fingerprint(), read.fingerprint());
      assertEquals(vocabulary.toJson(), read.toJson());
    }
  }

  /** SHA-256 of "17:unroll-vocabulary4:char5:as-is1:l1:h", by sha256sum. */
  @Test
  void hasTheFingerprintThatTheFormatPageDescribes() {
    assertEquals(
        "fc9fc63b64e5eca08836fd53b33a420e611183af9dade21c2796aa66454962db",
        new Vocabulary(new CharTokenizer(3), List.of("l", "h")).fingerprint());
  }

  @Test
  void fingerprintTellsWhatMapsTextToIds() {
    String fingerprint = WORDS.fingerprint();
    assertNotEquals(
        fingerprint, new Vocabulary(new WordTokenizer(false, 2, 0), WORDS.tokens()).fingerprint());
    assertNotEquals(
        fingerprint,
        new Vocabulary(WORDS.tokenizer(), List.of("<unk>", "<eos>", "to", "be")).fingerprint());
    assertEquals(
        fingerprint, new Vocabulary(new WordTokenizer(true, 9, 50), WORDS.tokens()).fingerprint());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"version\" : 1 | \"version\" : 2 | format version 2 (expected 1; prepare",
        "\"version\" : 1 | \"version\" : \"1\" | version is \"1\" (expected a whole number",
        "unroll-vocabulary | other | format is \"other\" (expected \"unroll-vocabulary\")",
        "\"kind\" : \"word\" | \"kind\" : \"words\" | kind is \"words\" (expected char, word,"
            + " word-punctuation, bpe, caption or label)",
        "\"lower-case\" : true | \"lower-case\" : 1 | lower-case is 1 (expected true or false)",
        "\"lower-case\" : true, | `` | tokenizer.lower-case is missing",
        "\"min-count\" : 2 | \"min-count\" : 0 | Invalid min-count: 0 (expected at least 1)",
        "\"min-count\" : 2 | \"min-count\" : 99999999999 | min-count is 99999999999 (expected at",
        "\"unknown\" : 0 | \"unknown\" : 2 | special.unknown is 2 (expected 0)",
        "\"unknown\" : 0 | \"unknown\" : 0, \"begin\" : 0 | begin is 0 (expected none)",
        "\"unknown\" : 0 | \"unknown\" : 0, \"mask\" : 1 | unknown field special.mask",
        "\"be\" | \"to\" | 'to' is token 2 and token 3",
        "\"be\" | \"b e\" | token 2 is 'b e' (expected a token of tokenizer word)",
        "\"be\" | 7 | tokens[2] is 7 (expected text)",
        "\"be\" | \"me\" | it was changed or damaged",
        "\"<eos>\" | \"end\" | <eos> is missing (expected it with tokenizer word)",
        "\"special\" | \"x\" : {}, \"special\" | unknown field x",
        "\"special\" | \"version\" : 1, \"special\" | Duplicate field 'version'",
        "} | `` | no complete JSON document"
      })
  void refusesHostileFiles(String part, String replacement, String reason) {
    String json = WORDS.toJson();
    String changed = json.replaceFirst(Pattern.quote(part), replacement);
    assertNotEquals(json, changed);
    var e = assertThrows(DataException.class, () -> Vocabulary.fromJson(changed));
    assertTrue(e.getMessage().startsWith("Invalid vocabulary: "), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @Test
  void refusesWhatIsNoVocabularyAtAll() {
    for (String json : List.of("", "[]", "null", "{", "{}", "[".repeat(100_000), "{} {}")) {
      var e = assertThrows(DataException.class, () -> Vocabulary.fromJson(json));
      assertTrue(e.getMessage().startsWith("Invalid vocabulary: "), e.getMessage());
    }
    var e =
        assertThrows(DataException.class, () -> new Vocabulary(new CharTokenizer(1), List.of()));
    assertEquals("Invalid vocabulary: it has no tokens (expected at least one)", e.getMessage());
  }
}
