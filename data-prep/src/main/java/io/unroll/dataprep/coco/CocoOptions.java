package io.unroll.dataprep.coco;

import io.unroll.dataprep.dataset.Fractions;
import java.util.List;
import java.util.Locale;

/**
 * How COCO's caption files become a dataset.
 *
 * @param input caption files ({@code captions_*.json}, also packed), folders or globs, as Hadoop
 *     URIs
 * @param output directory of the dataset
 * @param minCount words seen less often in the training captions are {@code <unk>}
 * @param validImages files that list the images to validate by, the image id last in each line; may
 *     be empty
 * @param testImages the same for testing; all other images are for training
 * @param fractions shares of the images in the order of the files; null: {@link Fractions#DEFAULT},
 *     or all others for training beside {@code validImages} or {@code testImages}
 * @param overwrite whether a dataset that is at {@code output} may be replaced
 */
public record CocoOptions(
    List<String> input,
    String output,
    int minCount,
    List<String> validImages,
    List<String> testImages,
    Fractions fractions,
    boolean overwrite) {

  /** The minimum count that is customary for COCO captions. */
  public static final int DEFAULT_MIN_COUNT = 5;

  public CocoOptions {
    input = List.copyOf(input);
    validImages = List.copyOf(validImages);
    testImages = List.copyOf(testImages);
    boolean lists = !validImages.isEmpty() || !testImages.isEmpty();
    if (input.isEmpty()) {
      throw new IllegalArgumentException("Invalid input: none (expected at least one URI)");
    }
    if (output == null || output.isBlank()) {
      throw new IllegalArgumentException("Invalid output: none (expected a URI)");
    }
    if (minCount < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid min-count: %d (expected at least 1)", minCount));
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
