package io.unroll.dataprep.text;

import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.counting.VocabularyChoice;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How running text becomes a dataset. Inputs are files, folders or globs, as Hadoop URIs; files
 * that are packed with gzip, bzip2, xz or Zstandard are unpacked.
 *
 * @param input text in this order; a folder's or glob's files sorted by path. All of it is for
 *     training if {@code validInput} or {@code testInput} is given, else it is divided by {@code
 *     fractions}
 * @param validInput text to validate by; may be empty
 * @param testInput text to test by; may be empty
 * @param target directory of the dataset
 * @param vocabulary of the text, or one that is there
 * @param fractions shares of the running text in tokens; null: {@link Fractions#DEFAULT}, or all
 *     for training beside {@code validInput} or {@code testInput}
 * @param blockLength tokens per row; the last row of a split may be shorter
 * @param normalization of the text before it is cut into tokens
 */
public record TextOptions(
    List<String> input,
    List<String> validInput,
    List<String> testInput,
    DatasetTarget target,
    VocabularyChoice vocabulary,
    Fractions fractions,
    int blockLength,
    Normalization normalization) {

  /** Tokens per row where nothing is said: a quarter of a megabyte. */
  public static final int DEFAULT_BLOCK_LENGTH = 65_536;

  private static final int LONGEST_BLOCK = 1 << 24;

  /** Text as it is, with a vocabulary of its own. */
  public TextOptions(
      List<String> input,
      List<String> validInput,
      List<String> testInput,
      String output,
      Tokenizer tokenizer,
      Fractions fractions,
      int blockLength,
      boolean overwrite) {
    this(
        input,
        validInput,
        testInput,
        new DatasetTarget(output, overwrite),
        new CountedVocabulary(tokenizer),
        fractions,
        blockLength,
        Normalization.NONE);
  }

  public TextOptions {
    input = List.copyOf(input);
    validInput = List.copyOf(validInput);
    testInput = List.copyOf(testInput);
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(normalization, "normalization");
    boolean separate = !validInput.isEmpty() || !testInput.isEmpty();
    if (input.isEmpty()) {
      throw new IllegalArgumentException("Invalid input: none (expected at least one URI)");
    }
    if (vocabulary.tokenizer() instanceof CaptionTokenizer captions) {
      throw new IllegalArgumentException(
          "Invalid tokenizer: %s is for captions of images (expected char or word for running text)"
              .formatted(captions.kind()));
    }
    if (separate && fractions != null && !fractions.equals(Fractions.ALL_TRAIN)) {
      throw new IllegalArgumentException(
          "Invalid fractions: %s/%s/%s (expected none beside valid-input or test-input)"
              .formatted(fractions.train(), fractions.valid(), fractions.test()));
    }
    if (fractions == null) {
      fractions = separate ? Fractions.ALL_TRAIN : Fractions.DEFAULT;
    }
    if (blockLength < 2 || blockLength > LONGEST_BLOCK) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid block-length: %d (expected 2 to %d tokens)",
              blockLength,
              LONGEST_BLOCK));
    }
  }

  Tokenizer tokenizer() {
    return vocabulary.tokenizer();
  }

  /** Whether each split has inputs of its own. */
  boolean hasSeparateInputs() {
    return !validInput.isEmpty() || !testInput.isEmpty();
  }
}
