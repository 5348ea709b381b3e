package io.unroll.driver.cli;

import io.unroll.dataprep.features.FeatureFormat;
import io.unroll.dataprep.features.FeatureOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which vectors belong to images. What does not go together is an error. */
final class ImageVectorOptions {
  @Option(
      names = "--vectors",
      arity = "1..*",
      paramLabel = "URI",
      description = "vectors of the images that the captions are about (default: none)")
  private List<String> vectors = new ArrayList<>();

  @Option(
      names = "--vectors-format",
      paramLabel = "NAME",
      description =
          "npy (N x F, or N x R x F), tsv (an image id and F numbers), classes (an image id and"
              + " numbers of classes with commas between), bottom-up (TSV with features in base64),"
              + " mat (feats, F x N) or parquet (default: by the end of the name; tsv with"
              + " --classes is classes)")
  private String format;

  @Option(
      names = "--vector-ids",
      arity = "1..*",
      paramLabel = "URI",
      description = "of npy and mat: lists of the images of the rows, the id last in each line")
  private List<String> ids = new ArrayList<>();

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "of classes: how many there are, numbered from 0")
  private Integer classes;

  @Option(
      names = "--as-set",
      description = "of classes: a vector for each class that is there, not one for all of them")
  private boolean asSet;

  @Option(
      names = "--column",
      paramLabel = "ROLE=NAME",
      description =
          "of parquet: which column is what, such as values=features (default: columns of these"
              + " names: image_id, values, rows and columns)")
  private Map<String, String> columns = new LinkedHashMap<>();

  /** What was asked for; empty if no vectors were. */
  Optional<FeatureOptions> features() {
    if (vectors.isEmpty()) {
      requireNone();
      return Optional.empty();
    }
    int count = classes == null ? 0 : classes;
    return Optional.of(new FeatureOptions(vectors, format(), ids, count, asSet, columns));
  }

  private void requireNone() {
    boolean others =
        format != null || !ids.isEmpty() || classes != null || asSet || !columns.isEmpty();
    if (others) {
      throw new IllegalArgumentException(
          "Missing --vectors (expected it beside --vectors-format, --vector-ids, --classes,"
              + " --as-set and --column)");
    }
  }

  private FeatureFormat format() {
    FeatureFormat named = format(format, vectors.get(0));
    return format == null && named == FeatureFormat.TSV && classes != null
        ? FeatureFormat.CLASSES
        : named;
  }

  /**
   * The format of vectors.
   *
   * @param asked its name; null: the end of the file's name tells
   * @throws IllegalArgumentException if there is none of that name, or the end does not tell
   */
  static FeatureFormat format(String asked, String uri) {
    String expected = String.join(", ", FeatureFormat.labels());
    if (asked != null) {
      return FeatureFormat.of(asked)
          .orElseThrow(() -> PrepSubcommand.invalid("--vectors-format", asked, expected));
    }
    return FeatureFormat.ofFile(uri)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Missing --vectors-format: the name of %s does not tell (expected one of %s)"
                        .formatted(uri, expected)));
  }
}
