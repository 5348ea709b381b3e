package io.unroll.dataprep.counting;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A vocabulary that is there, whose ids stay as they are, and after them the tokens of the training
 * text that it lacks: most frequent first, equal ones in the order of their code points, and an
 * {@code <unk>} before them where there is none and one is needed.
 *
 * @param tokenizer that of the vocabulary, except that its minimum count and largest vocabulary are
 *     those of the tokens that are appended
 */
public record ExtendedVocabulary(Vocabulary vocabulary, Tokenizer tokenizer)
    implements VocabularyChoice {

  public ExtendedVocabulary {
    Tokenizer own = vocabulary.tokenizer();
    if (own.subwords().isPresent()) {
      throw new IllegalArgumentException(
          "Invalid --extend: subwords are bytes and pairs of them, which lack nothing (remove it: --vocabulary encodes every text)");
    }
    if (!own.choosing(tokenizer.minCount(), tokenizer.maxVocabulary()).equals(tokenizer)) {
      throw new IllegalArgumentException(
          "Invalid tokenizer: %s (expected that of the vocabulary, %s)".formatted(tokenizer, own));
    }
    int most = tokenizer.maxVocabulary();
    if (most > 0 && most < vocabulary.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid max-vocabulary: %d (expected 0 for no limit, or at least the %d tokens that the vocabulary has)",
              most,
              vocabulary.size()));
    }
  }

  @Override
  public PreparedVocabulary prepare(TokenCounts counts) {
    Set<String> known = new HashSet<>(vocabulary.tokens());
    List<TokenCount> added = new ArrayList<>(frequent(counts, known));
    long leftOut =
        tokenizer.maxVocabulary() > 0
            ? counts.differentFrequent(tokenizer.minCount(), known) - added.size()
            : 0;
    added.forEach(count -> known.add(count.token()));
    if (vocabulary.unknown().isEmpty() && counts.haveMoreThan(known)) {
      added.add(0, new TokenCount(Tokenizer.UNKNOWN, counts.inTrainingBeyond(known)));
    }
    Vocabulary extended = with(added);
    GivenVocabulary.requireUse(extended, counts);
    return new PreparedVocabulary(extended, Optional.of(new NewTokens(added, leftOut)));
  }

  private List<TokenCount> frequent(TokenCounts counts, Set<String> known) {
    return tokenizer.maxVocabulary() > 0
        ? counts.frequent(
            tokenizer.minCount(), known, tokenizer.maxVocabulary() - vocabulary.size())
        : counts.frequent(tokenizer.minCount(), known);
  }

  private Vocabulary with(List<TokenCount> added) {
    List<String> tokens = new ArrayList<>(vocabulary.tokens());
    added.forEach(count -> tokens.add(count.token()));
    return new Vocabulary(tokenizer, tokens);
  }
}
