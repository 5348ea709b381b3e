package io.unroll.dataprep.counting;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The vocabulary of the training text itself: special tokens, then the others, most frequent first,
 * equal ones in the order of their code points.
 */
public record CountedVocabulary(Tokenizer tokenizer) implements VocabularyChoice {
  public CountedVocabulary {
    Objects.requireNonNull(tokenizer, "tokenizer");
  }

  @Override
  public PreparedVocabulary prepare(TokenCounts counts) {
    if (tokenizer.subwords().isPresent()) {
      return new PreparedVocabulary(subwords(counts), Optional.empty());
    }
    List<String> known = known(counts);
    if (known.isEmpty()) {
      throw new DataException("Cannot build a vocabulary: " + whyNoneIsKnown(counts));
    }
    List<String> tokens = new ArrayList<>(tokenizer.specialTokens());
    tokens.addAll(known);
    if (!tokens.contains(Tokenizer.UNKNOWN) && counts.haveMoreThan(new HashSet<>(known))) {
      tokens.add(0, Tokenizer.UNKNOWN);
    }
    return new PreparedVocabulary(new Vocabulary(tokenizer, tokens), Optional.empty());
  }

  private Vocabulary subwords(TokenCounts words) {
    List<String> tokens = new ArrayList<>(tokenizer.specialTokens());
    var learner = new SubwordLearner(words.frequent(1, Set.of()), tokenizer.minCount());
    tokens.addAll(learner.learn(tokenizer.maxVocabulary() - tokens.size()).pieces());
    return new Vocabulary(tokenizer, tokens);
  }

  private List<String> known(TokenCounts counts) {
    Set<String> special = new HashSet<>(tokenizer.specialTokens());
    int limit = tokenizer.maxVocabulary();
    List<TokenCount> taken =
        limit > 0
            ? counts.frequent(tokenizer.minCount(), special, limit - special.size())
            : counts.frequent(tokenizer.minCount(), special);
    return taken.stream().map(TokenCount::token).toList();
  }

  private String whyNoneIsKnown(TokenCounts counts) {
    return counts
        .whyBlank(tokenizer)
        .orElseGet(
            () ->
                String.format(
                    Locale.ROOT,
                    "no token occurs %d times in the training text (lower min-count)",
                    tokenizer.minCount()));
  }
}
