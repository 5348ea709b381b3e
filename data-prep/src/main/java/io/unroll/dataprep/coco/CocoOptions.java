package io.unroll.dataprep.coco;

import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.counting.VocabularyChoice;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.features.FeatureOptions;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How COCO's caption files become a dataset.
 *
 * @param input caption files ({@code captions_*.json}, also packed), folders or globs, as Hadoop
 *     URIs
 * @param target directory of the dataset
 * @param vocabulary of the training captions, or one that is there
 * @param validImages files that list the images to validate by, the image id last in each line; may
 *     be empty
 * @param testImages the same for testing; all other images are for training
 * @param fractions shares of the images in the order of the files; null: {@link Fractions#DEFAULT},
 *     or all others for training beside {@code validImages} or {@code testImages}
 * @param excludedImages files that list images to leave out, likewise; may be empty
 * @param vectors what belongs to the images; empty: there are captions alone
 */
public record CocoOptions(
    List<String> input,
    DatasetTarget target,
    VocabularyChoice vocabulary,
    List<String> validImages,
    List<String> testImages,
    Fractions fractions,
    List<String> excludedImages,
    Optional<FeatureOptions> vectors) {

  /** The minimum count that is customary for COCO captions. */
  public static final int DEFAULT_MIN_COUNT = 5;

  /**
   * With a vocabulary of their own.
   *
   * @param minCount words seen less often in the training captions are {@code <unk>}
   */
  public CocoOptions(
      List<String> input,
      String output,
      int minCount,
      List<String> validImages,
      List<String> testImages,
      Fractions fractions,
      boolean overwrite) {
    this(
        input,
        new DatasetTarget(output, overwrite),
        new CountedVocabulary(new CaptionTokenizer(minCount)),
        validImages,
        testImages,
        fractions);
  }

  /** Captions alone, of all images. */
  public CocoOptions(
      List<String> input,
      DatasetTarget target,
      VocabularyChoice vocabulary,
      List<String> validImages,
      List<String> testImages,
      Fractions fractions) {
    this(
        input, target, vocabulary, validImages, testImages, fractions, List.of(), Optional.empty());
  }

  public CocoOptions {
    excludedImages = List.copyOf(excludedImages);
    Objects.requireNonNull(vectors, "vectors");
    input = List.copyOf(input);
    validImages = List.copyOf(validImages);
    testImages = List.copyOf(testImages);
    boolean lists = !validImages.isEmpty() || !testImages.isEmpty();
    if (input.isEmpty()) {
      throw new IllegalArgumentException("Invalid input: none (expected at least one URI)");
    }
    Objects.requireNonNull(target, "target");
    if (!(vocabulary.tokenizer() instanceof CaptionTokenizer)) {
      throw new IllegalArgumentException(
          "Invalid tokenizer: %s is for running text (expected caption for captions of images)"
              .formatted(vocabulary.tokenizer().kind()));
    }
    if (lists && fractions != null && !fractions.equals(Fractions.ALL_TRAIN)) {
      throw new IllegalArgumentException(
          "Invalid fractions: %s/%s/%s (expected none beside valid-images or test-images)"
              .formatted(fractions.train(), fractions.valid(), fractions.test()));
    }
    if (fractions == null) {
      fractions = lists ? Fractions.ALL_TRAIN : Fractions.DEFAULT;
    }
  }
}
