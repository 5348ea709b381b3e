package io.unroll.dataprep.dataset;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.SplitContent.PartFile;
import io.unroll.dataprep.place.Place;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A finished dataset, opened for reading: the only way in. Belongs to the Spark driver. What is
 * described in docs/formats/dataset.md and does not hold is refused by name.
 */
public final class DatasetDirectory {
  private static final String MISSING =
      "Cannot open dataset %s: it does not exist (make it with 'unroll prep'; the head of a named"
          + " configuration, such as conf/tiny-shakespeare.yaml, has the command, and where its"
          + " text is published)";

  private final Path path;
  private final FileSystem files;
  private final Manifest manifest;
  private final Map<VocabularyUse, Vocabulary> vocabularies;

  private DatasetDirectory(
      Path path, FileSystem files, Manifest manifest, Map<VocabularyUse, Vocabulary> vocabularies) {
    this.path = path;
    this.files = files;
    this.manifest = manifest;
    this.vocabularies = vocabularies;
  }

  /**
   * Opens the dataset at a Hadoop URI.
   *
   * @throws DataException if nothing is there, the dataset is unfinished, of another version, or
   *     its vocabulary is not the one it was made with
   * @throws UncheckedIOException if the file system does not let it be read
   */
  public static DatasetDirectory open(String uri, Configuration hadoop) {
    try {
      Path path = path(uri);
      FileSystem files = path.getFileSystem(hadoop);
      if (!files.exists(path)) {
        throw new DataException(MISSING.formatted(uri));
      }
      Path manifestFile = new Path(path, Manifest.FILE);
      if (!files.exists(manifestFile)) {
        throw new DataException(
            "Cannot open dataset %s: it has no %s, so it is unfinished or no dataset (run prep again)"
                .formatted(uri, Manifest.FILE));
      }
      return open(path, files, manifestFile);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot open dataset %s: %s".formatted(uri, e.getMessage()), e);
    }
  }

  /**
   * Makes sure that the rows in the directory are still those that were opened; their files may be
   * others. Reads the manifest only. A file system that does not answer is no proof of a change.
   *
   * @throws DataException if another dataset is there, or none
   */
  public void requireSameRows() {
    requireSame(Manifest::contentFingerprint);
  }

  /**
   * Makes sure that the files in the directory are still those that were opened.
   *
   * @throws DataException if the dataset was prepared again meanwhile, or is gone
   */
  public void requireSameFiles() {
    requireSame(Manifest::splits);
  }

  private void requireSame(Function<Manifest, Object> part) {
    String change;
    try {
      Manifest now = DatasetJson.parse(files, new Path(path, Manifest.FILE), Manifest::fromJson);
      if (part.apply(now).equals(part.apply(manifest))) {
        return;
      }
      change =
          now.contentFingerprint().equals(manifest.contentFingerprint())
              ? "it was prepared again while it was read (its rows are the same: start again)"
              : "another dataset was put in its place while it was read (prepare its corpus again,"
                  + " then start again)";
    } catch (DataException gone) {
      change =
          "it is gone, or prep is writing it anew (restore it or wait for prep, then start again)";
    } catch (IOException silent) {
      return;
    }
    throw new DataException("Cannot go on with dataset %s: %s".formatted(path, change));
  }

  private static Path path(String uri) {
    try {
      return Place.of(uri);
    } catch (IllegalArgumentException e) {
      throw new DataException("Cannot open dataset '%s': %s".formatted(uri, e.getMessage()), e);
    }
  }

  private static DatasetDirectory open(Path path, FileSystem files, Path manifestFile)
      throws IOException {
    Manifest manifest = DatasetJson.parse(files, manifestFile, Manifest::fromJson);
    return new DatasetDirectory(
        path, files, manifest, StoredVocabularies.read(files, path, manifest));
  }

  public String uri() {
    return path.toString();
  }

  public Manifest manifest() {
    return manifest;
  }

  /**
   * The tokens that are read.
   *
   * @throws DataException if vectors are read
   */
  public Vocabulary vocabulary() {
    Vocabulary tokens = vocabularies.get(VocabularyUse.TOKENS);
    if (tokens == null) {
      throw new DataException("Cannot use dataset %s: %s".formatted(path, Manifest.NO_TOKENS));
    }
    return tokens;
  }

  /**
   * The labels of examples, in the order of their ids.
   *
   * @throws DataException if the dataset has none
   */
  public Vocabulary labels() {
    Vocabulary labels = vocabularies.get(VocabularyUse.LABELS);
    if (labels == null) {
      throw new DataException(
          "Cannot use dataset %s: it has no labels, since it holds %s (expected examples with labels, which 'unroll prep' makes of labelled lines, for instance)"
              .formatted(path, manifest.rowsInWords()));
    }
    return labels;
  }

  /**
   * The tokens of target texts, with those that begin and end them.
   *
   * @throws DataException if the dataset has no such texts
   */
  public Vocabulary targets() {
    Vocabulary targets = vocabularies.get(VocabularyUse.TARGETS);
    if (targets == null) {
      throw new DataException(
          "Cannot use dataset %s: it has no target texts, since it holds %s (expected pairs of texts, which 'unroll prep pairs' makes, or vectors with texts, which 'unroll prep coco --vectors' makes)"
              .formatted(path, manifest.rowsInWords()));
    }
    return targets;
  }

  /** The characters of words, if the examples have them. */
  public Optional<Vocabulary> characters() {
    return Optional.ofNullable(vocabularies.get(VocabularyUse.CHARACTERS));
  }

  /**
   * The rows of a split, with the columns of {@link Manifest#schema}, in no particular order. Lazy;
   * while they are read, the checksum of every Parquet page is verified.
   *
   * @throws DataException if the dataset has no such split, or one of its files is missing, of
   *     another size, or of other columns
   */
  public Dataset<Row> rows(SparkSession spark, Split split) {
    checkFiles(split);
    Dataset<Row> rows = PartFiles.read(spark, files(split));
    checkColumns(rows.schema(), directory(split));
    return rows.select(
        Arrays.stream(manifest.schema().fieldNames()).map(functions::col).toArray(Column[]::new));
  }

  /** The split's Parquet files. */
  List<String> files(Split split) {
    return manifest.content(split).files().stream()
        .map(file -> new Path(directory(split), file.name()).toString())
        .toList();
  }

  /** Looks whether all files of a split are there, of the right size. */
  void checkFiles(Split split) {
    for (PartFile file : manifest.content(split).files()) {
      check(new Path(directory(split), file.name()), file.bytes());
    }
  }

  Path directory(Split split) {
    return new Path(path, directoryName(split));
  }

  /**
   * Reads a split through once, so that whoever trains on it need not mistrust it.
   *
   * @throws DataException if {@link #rows} does, if a file has another SHA-256 than the manifest
   *     says, or if rows, tokens, blocks or the range of ids are not as manifest and vocabulary say
   */
  public void verify(SparkSession spark, Split split) {
    new SplitCheck(this, split).check(spark);
  }

  /** The directory of a split's files within a dataset. */
  static String directoryName(Split split) {
    return "split=" + split.label();
  }

  private void check(Path file, long bytes) {
    try {
      FileStatus status = files.getFileStatus(file);
      if (status.getLen() != bytes) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "Cannot read %s: it has %,d bytes, but the manifest says %,d: it was changed or"
                    + " damaged",
                file,
                status.getLen(),
                bytes));
      }
    } catch (FileNotFoundException e) {
      throw new DataException(
          "Cannot read %s: it is missing (restore it, or run prep again)".formatted(file), e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private void checkColumns(StructType found, Path directory) {
    for (StructField column : manifest.schema().fields()) {
      boolean there =
          Arrays.stream(found.fields())
              .anyMatch(
                  field ->
                      field.name().equals(column.name())
                          && field
                              .dataType()
                              .catalogString()
                              .equals(column.dataType().catalogString()));
      if (!there) {
        throw new DataException(
            "Cannot read %s: its columns are %s (expected %s)"
                .formatted(directory, found.catalogString(), manifest.schema().catalogString()));
      }
    }
  }
}
