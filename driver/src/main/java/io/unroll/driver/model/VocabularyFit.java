package io.unroll.driver.model;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.summary.Count;
import io.unroll.dataprep.summary.Printable;
import io.unroll.dataprep.tokenize.Tokenizer;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.VocabularyChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a model is used with the ids of a dataset whose vocabulary is another one. One of both must
 * hold all tokens of the other: tokens that are new to the model get rows of their own, and tokens
 * that the dataset lacks come after its own.
 */
public final class VocabularyFit {
  private static final int SHOWN = 8;

  private final Vocabulary model;
  private final Vocabulary target;
  private final List<String> newTokens;

  private VocabularyFit(Vocabulary model, Vocabulary target, List<String> newTokens) {
    this.model = model;
    this.target = target;
    this.newTokens = newTokens;
  }

  /**
   * Compares a model's vocabulary with that of a dataset.
   *
   * @throws DataException if their tokenizers differ, or each has tokens that the other lacks; the
   *     message is what follows "Cannot use ...: "
   */
  static VocabularyFit of(Vocabulary model, Vocabulary dataset) {
    requireSameTokens(model.tokenizer(), dataset.tokenizer());
    List<String> unknown = lacking(model, dataset);
    List<String> missing = lacking(dataset, model);
    if (!unknown.isEmpty() && !missing.isEmpty()) {
      throw new DataException(
          "the dataset lacks %s of the model (%s), and has %s that the model does not know (%s); prepare the text with the model's vocabulary (prep --vocabulary, with --extend to add what is new)"
              .formatted(
                  Count.of(missing.size(), "token"),
                  shown(missing),
                  Count.of(unknown.size(), "token"),
                  shown(unknown)));
    }
    List<String> tokens = new ArrayList<>(dataset.tokens());
    tokens.addAll(missing);
    Vocabulary target = missing.isEmpty() ? dataset : new Vocabulary(dataset.tokenizer(), tokens);
    return new VocabularyFit(model, target, unknown);
  }

  private static void requireSameTokens(Tokenizer model, Tokenizer dataset) {
    if (!model.kind().equals(dataset.kind()) || model.lowerCase() != dataset.lowerCase()) {
      throw new DataException(
          "the model was trained with tokenizer %s, but the dataset was prepared with %s"
              .formatted(described(model), described(dataset)));
    }
  }

  private static String described(Tokenizer tokenizer) {
    return tokenizer.kind() + (tokenizer.lowerCase() ? " in lower case" : "");
  }

  /** Tokens of another vocabulary that this one lacks. */
  private static List<String> lacking(Vocabulary vocabulary, Vocabulary other) {
    return other.tokens().stream().filter(token -> vocabulary.id(token).isEmpty()).toList();
  }

  private static String shown(List<String> tokens) {
    String shown =
        tokens.stream()
            .limit(SHOWN)
            .map(token -> "'" + Printable.line(token) + "'")
            .collect(Collectors.joining(", "));
    return tokens.size() > SHOWN ? shown + ", ..." : shown;
  }

  /** The vocabulary of the fitted model: ids of the dataset are ids of this one. */
  public Vocabulary vocabulary() {
    return target;
  }

  /** What the model did not know, in words; empty if there is nothing. */
  public Optional<String> growth() {
    if (newTokens.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%,d of the model's tokens, and %,d new (%s)",
            model.size(),
            newTokens.size(),
            shown(newTokens)));
  }

  /** The parameters' way from the model to the fitted one. */
  VocabularyChange change(LanguageArchitecture architecture) {
    int[] origin =
        target.tokens().stream()
            .mapToInt(token -> model.id(token).orElse(VocabularyChange.NEW))
            .toArray();
    return new VocabularyChange(architecture, origin, model.unknown());
  }
}
