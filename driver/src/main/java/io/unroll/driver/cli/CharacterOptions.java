package io.unroll.driver.cli;

import io.unroll.dataprep.counting.VocabularyChoice;
import io.unroll.dataprep.examples.ExampleSettings.TokenSettings;
import picocli.CommandLine.Option;

/** Whether the characters of words are kept beside them. */
final class CharacterOptions {
  @Option(
      names = "--characters",
      description =
          "keeps the characters of words as they are written too, for models that read them")
  private boolean characters;

  @Option(
      names = "--character-min-count",
      paramLabel = "N",
      description =
          "characters seen less often in training become <unk> (default: ${DEFAULT-VALUE}; at"
              + " least 1)")
  private int characterMinCount = TokenSettings.DEFAULT_CHARACTER_MIN_COUNT;

  TokenSettings settings(VocabularyChoice vocabulary) {
    if (characters && vocabulary.tokenizer().subwords().isPresent()) {
      throw new IllegalArgumentException(
          "Invalid --characters: subwords are no words (expected tokenizer word or word-punctuation)");
    }
    return new TokenSettings(vocabulary, characters, characterMinCount);
  }
}
