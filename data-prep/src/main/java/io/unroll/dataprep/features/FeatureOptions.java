package io.unroll.dataprep.features;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which vectors belong to images.
 *
 * @param uris files, folders or globs
 * @param ids files that list the image of each row, as many as there are arrays; none of other
 *     formats
 * @param classes how many classes there are; 0 of other formats
 * @param asSet whether each class of an image is a vector of its own, with a one where the class
 *     is, instead of one vector with several ones
 * @param columns names of the columns of Parquet by what is in them; where none is given, the
 *     column has that name
 */
public record FeatureOptions(
    List<String> uris,
    FeatureFormat format,
    List<String> ids,
    int classes,
    boolean asSet,
    Map<String, String> columns) {

  /** Far above any list of classes. */
  private static final int MOST_CLASSES = 1 << 20;

  public FeatureOptions {
    uris = List.copyOf(uris);
    ids = List.copyOf(ids);
    columns = Map.copyOf(columns);
    Objects.requireNonNull(format, "format");
    require(!uris.isEmpty(), "vectors", "none", "at least one URI");
    boolean listed = format.hasIdsElsewhere();
    require(
        listed != ids.isEmpty(),
        "vector-ids",
        ids.isEmpty() ? "none" : ids,
        listed
            ? "a list of the images of the rows with vectors-format " + format.label()
            : "none with vectors-format " + format.label());
    boolean ofClasses = format == FeatureFormat.CLASSES;
    require(
        ofClasses ? classes >= 1 && classes <= MOST_CLASSES : classes == 0,
        "classes",
        classes,
        ofClasses
            ? "their number, 1 to " + MOST_CLASSES
            : "none with vectors-format " + format.label());
    require(ofClasses || !asSet, "as-set", asSet, "it with vectors-format classes only");
    require(
        columns.isEmpty() || format == FeatureFormat.PARQUET,
        "column",
        columns,
        "it with vectors-format parquet only");
    columns
        .keySet()
        .forEach(
            role ->
                require(
                    FeatureRows.roles().containsKey(role),
                    "column",
                    role,
                    String.join(", ", FeatureRows.roles().keySet())));
  }

  /** Vectors of a format that needs nothing else. */
  public FeatureOptions(List<String> uris, FeatureFormat format) {
    this(uris, format, List.of(), 0, false, Map.of());
  }

  private static void require(boolean valid, String setting, Object value, String expected) {
    if (!valid) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (expected %s)".formatted(setting, value, expected));
    }
  }
}
