package io.unroll.dataprep.features;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the vectors of images lie in files. */
public enum FeatureFormat {
  /** NumPy's arrays of (N, F) or (N, R, F), with a list of the ids of their N images. */
  NPY,

  /** Lines of an image id and F numbers, with tabs between. */
  TSV,

  /** Lines of an image id, a tab and the numbers of classes, with commas between. */
  CLASSES,

  /**
   * Lines of six fields with tabs between, as <a
   * href="https://github.com/peteanderson80/bottom-up-attention">bottom-up attention</a> writes
   * them: id, width, height, number of boxes, boxes and features; the last two are float32 in
   * base64.
   */
  BOTTOM_UP,

  /** A matrix {@code feats} of (F, N) in MATLAB's format 5, with a list of ids. */
  MAT,

  /** Tables with the columns {@code image_id}, {@code values}, {@code rows} and {@code columns}. */
  PARQUET;

  private static final List<String> PACKED = List.of(".gz", ".bz2", ".xz", ".zst");

  /** The name on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The names of all. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(FeatureFormat::label).toList();
  }

  /** The format of a name, if there is one. */
  public static Optional<FeatureFormat> of(String label) {
    return Arrays.stream(values()).filter(format -> format.label().equals(label)).findFirst();
  }

  /** What the end of a file's name says, but for that of its packing. */
  public static Optional<FeatureFormat> ofFile(String uri) {
    String name = uri;
    for (String end : PACKED) {
      name = name.endsWith(end) ? name.substring(0, name.length() - end.length()) : name;
    }
    return of(name.substring(name.lastIndexOf('.') + 1));
  }

  /** Whether the images of its rows are listed elsewhere. */
  public boolean hasIdsElsewhere() {
    return this == NPY || this == MAT;
  }

  /** What an error counts: lines of text, or rows. */
  String unit() {
    return this == TSV || this == CLASSES || this == BOTTOM_UP ? "line" : "row";
  }
}
