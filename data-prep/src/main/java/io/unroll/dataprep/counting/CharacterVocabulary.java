package io.unroll.dataprep.counting;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The characters of words. Unlike running text, they always have an {@code <unk>}: words are met
 * later that no split has.
 */
public final class CharacterVocabulary {
  private CharacterVocabulary() {}

  /**
   * {@code <unk>}, then the others, most frequent first.
   *
   * @param minCount characters seen less often in training are unknown
   */
  public static Vocabulary of(TokenCounts counts, int minCount) {
    List<String> characters = new ArrayList<>(List.of(Tokenizer.UNKNOWN));
    counts.frequent(minCount, Set.of()).forEach(count -> characters.add(count.token()));
    return new Vocabulary(new CharTokenizer(minCount), characters);
  }
}
