package io.unroll.driver.ml;

import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.counting.VocabularyChoice;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.examples.Division;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleSettings.Bad;
import io.unroll.dataprep.examples.ExampleSettings.TokenSettings;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.table.TableFormat;
import io.unroll.dataprep.tokenize.SequenceTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * How a table becomes a dataset: the options of {@code prep} by their names.
 *
 * @param views names of the tables
 * @param columns of them, by role
 * @param output folder of the dataset
 */
record Preparing(
    SparkSession spark,
    ExampleUris views,
    Map<String, String> columns,
    String output,
    StageParams params) {
  static final String VALID_FRACTION = "valid-fraction";
  static final String TOKENIZER = "tokenizer";
  private static final String CHARACTERS = "characters";
  private static final String SKIP_BAD = "skip-bad";
  private static final String LOWER_CASE = "lower-case";
  private static final String MIN_COUNT = "min-count";
  private static final String MAX_VOCABULARY = "max-vocabulary";
  private static final String LONGEST = "longest";

  /** That of `prep` where nothing is said. */
  private static final long SEED = 1;

  /** Adds the options that all tasks have. */
  static void addTo(StageParams params) {
    params.add(
        VALID_FRACTION,
        "share of the rows to validate on, where no column tells them",
        Fractions.DEFAULT.valid());
    params.add(SKIP_BAD, "leaves out rows that cannot be used", false);
    params.add(LOWER_CASE, "makes letters lower-case", false);
    params.add(MIN_COUNT, "tokens seen less often in training become <unk>", 1);
    params.add(
        MAX_VOCABULARY, "most tokens in the vocabulary; 0: no limit, or 8000 of subwords", 0);
    params.add(
        LONGEST,
        "tokens after which a text is cut off, or left out if it is one of a pair; 0: none is",
        0);
  }

  /** Adds what cuts texts. */
  static void addTokenizer(StageParams params, String otherwise) {
    params.add(
        TOKENIZER, "what cuts texts into tokens: char, word, word-punctuation or bpe", otherwise);
  }

  /** Adds whether the characters of words are kept. */
  static void addCharacters(StageParams params) {
    params.add(
        CHARACTERS, "keeps the characters of the words too, for a model that reads them", false);
  }

  /** The tables, and their columns. */
  TableFormat format() {
    return new TableFormat(TableFormat.Kind.TABLE, columns, "");
  }

  DatasetTarget target() {
    return new DatasetTarget(output, false);
  }

  Division division() {
    double valid = params.real(VALID_FRACTION);
    Fractions fractions = views.valid().isEmpty() ? new Fractions(1 - valid, valid, 0) : null;
    return Division.of(views, fractions, SEED, false);
  }

  Bad bad() {
    return params.isOn(SKIP_BAD) ? Bad.LEFT_OUT : Bad.REFUSED;
  }

  int longest() {
    return params.number(LONGEST);
  }

  /**
   * The settings of examples with labels or tags.
   *
   * @param tokenizer what cuts texts into tokens
   */
  ExampleSettings labelled(Target target, String tokenizer) {
    var tokens =
        new TokenSettings(
            new CountedVocabulary(tokenizer(tokenizer)),
            params.isOn(CHARACTERS),
            TokenSettings.DEFAULT_CHARACTER_MIN_COUNT);
    return new ExampleSettings(target(), target, division(), bad(), longest(), Optional.of(tokens));
  }

  /** What cuts texts into tokens of that kind. */
  private Tokenizer tokenizer(String kind) {
    return Tokenizer.of(
        kind, params.isOn(LOWER_CASE), params.number(MIN_COUNT), params.number(MAX_VOCABULARY));
  }

  /** The vocabulary of texts that begin and end. */
  VocabularyChoice sequences() {
    return new CountedVocabulary(new SequenceTokenizer(tokenizer(params.text(TOKENIZER))));
  }
}
