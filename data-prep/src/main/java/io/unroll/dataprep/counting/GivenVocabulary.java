package io.unroll.dataprep.counting;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.Cutter;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A vocabulary that is there, as it is: tokens that it lacks become {@code <unk>}, and are refused
 * where it has none.
 */
public record GivenVocabulary(Vocabulary vocabulary) implements VocabularyChoice {
  private static final int MOST_SHOWN = 10;

  @Override
  public Tokenizer tokenizer() {
    return vocabulary.tokenizer();
  }

  @Override
  public Cutter cutter() {
    return vocabulary.cutter();
  }

  @Override
  public PreparedVocabulary prepare(TokenCounts counts) {
    if (vocabulary.unknown().isEmpty()) {
      requireAll(counts);
    }
    requireUse(vocabulary, counts);
    return new PreparedVocabulary(vocabulary, Optional.of(NewTokens.NONE));
  }

  private void requireAll(TokenCounts counts) {
    Set<String> known = new HashSet<>(vocabulary.tokens());
    List<TokenCount> lacking = counts.beyond(known, MOST_SHOWN);
    if (!lacking.isEmpty()) {
      long all = counts.differentBeyond(known);
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot encode the text: it has %,d %s that the vocabulary lacks, which has no %s: %s%s (append those of the training text to the vocabulary with --extend)",
              all,
              all == 1 ? "character" : "characters",
              Tokenizer.UNKNOWN,
              lacking.stream().map(GivenVocabulary::shown).collect(Collectors.joining(", ")),
              all > lacking.size() ? ", ..." : ""));
    }
  }

  private static String shown(TokenCount lacking) {
    return String.format(
        Locale.ROOT,
        "%s %,d %s",
        Vocabulary.named(lacking.token()),
        lacking.count(),
        lacking.count() == 1 ? "time" : "times");
  }

  /** Confirms that a training text is not unknown as a whole. */
  static void requireUse(Vocabulary vocabulary, TokenCounts counts) {
    Set<String> words = new HashSet<>(vocabulary.tokens());
    words.removeAll(List.of(Tokenizer.UNKNOWN, Tokenizer.BEGIN, Tokenizer.END));
    if (!counts.haveAnyOf(words)) {
      throw new DataException(
          "Cannot encode the text: "
              + counts
                  .whyBlank(vocabulary.tokenizer())
                  .orElse(
                      "the vocabulary has no token of the training text (give the vocabulary of such text, or append to it with --extend)"));
    }
  }
}
