package io.unroll.dataprep.dataset;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.OutputExistsException;
import io.unroll.dataprep.dataset.SplitContent.PartFile;
import io.unroll.dataprep.place.Links;
import io.unroll.dataprep.place.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a dataset so that it looks finished only when it is: a mark first, then rows, vocabulary,
 * and at last the manifest. What an interrupted preparation left is replaced; nothing that is not
 * known to be a dataset's is ever deleted.
 */
public final class DatasetWriter {
  /** There from before the first row is written until the manifest is. */
  static final String MARK = "_unfinished";

  private final SparkSession spark;
  private final Path path;
  private final FileSystem files;

  private DatasetWriter(SparkSession spark, Path path, FileSystem files) {
    this.spark = spark;
    this.path = path;
    this.files = files;
  }

  /**
   * Prepares for writing, and changes nothing yet.
   *
   * @throws OutputExistsException if something is there that must not be replaced
   * @throws java.io.UncheckedIOException if the file system does not answer
   */
  public static DatasetWriter to(SparkSession spark, DatasetTarget target) {
    try {
      Path path = Place.of(target.uri());
      FileSystem files = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      var writer = new DatasetWriter(spark, files.makeQualified(path), files);
      writer.checkReplaceable(target);
      return writer;
    } catch (IOException | IllegalArgumentException e) {
      throw WriteFailures.explain(target.uri(), e);
    }
  }

  private void checkReplaceable(DatasetTarget target) throws IOException {
    if (!files.exists(path)) {
      return;
    }
    if (!files.getFileStatus(path).isDirectory()) {
      throw refusal("a file is there; choose a directory");
    }
    boolean dataset = files.exists(new Path(path, Manifest.FILE));
    if (dataset && !target.overwrite()) {
      throw refusal("a dataset is there; choose another output, or replace it with --overwrite");
    }
    boolean ours = dataset || files.exists(new Path(path, MARK));
    for (FileStatus status : files.listStatus(path)) {
      if (!ours || !isPartOfDataset(status.getPath().getName())) {
        throw refusal(
            "the directory holds other things (%s); choose an empty one"
                .formatted(status.getPath().getName()));
      }
    }
  }

  private OutputExistsException refusal(String reason) {
    return new OutputExistsException("Cannot write dataset %s: %s".formatted(path, reason));
  }

  private static boolean isPartOfDataset(String name) {
    boolean split =
        Arrays.stream(Split.values()).anyMatch(s -> name.equals(DatasetDirectory.directoryName(s)));
    boolean vocabulary = Arrays.stream(VocabularyUse.values()).anyMatch(u -> name.equals(u.file()));
    return split
        || vocabulary
        || TokenizersJson.FILES.contains(name)
        || name.equals(Manifest.FILE)
        || name.equals(MARK)
        || name.equals("_SUCCESS")
        || (name.startsWith(".") && name.endsWith(".crc"));
  }

  /**
   * Writes everything, reads it back to count it, and writes the manifest.
   *
   * @throws DataException if rows cannot be made of the input, or are not as many as expected
   * @throws java.io.UncheckedIOException if something cannot be written; there is no manifest then
   */
  public Manifest write(DatasetContent content) {
    try {
      clear();
      Map<Split, SplitContent> written = new EnumMap<>(Split.class);
      for (var split : content.splits().entrySet()) {
        written.put(split.getKey(), write(split.getKey(), split.getValue(), content));
      }
      Manifest manifest = content.manifest(written);
      putVocabularies(content.vocabularies());
      finish(manifest);
      return manifest;
    } catch (Exception | FSError e) { // Spark throws checked exceptions that it does not declare
      throw WriteFailures.explain(path.toString(), e);
    }
  }

  private void putVocabularies(Map<VocabularyUse, Vocabulary> vocabularies) throws IOException {
    for (var vocabulary : vocabularies.entrySet()) {
      put(vocabulary.getKey().file(), vocabulary.getValue().toJson());
    }
    for (var tokenizer : TokenizersJson.files(vocabularies).entrySet()) {
      put(tokenizer.getKey(), TokenizersJson.write(tokenizer.getValue()));
    }
  }

  private void clear() throws IOException {
    files.mkdirs(path);
    put(MARK, "prep is writing this dataset, or was interrupted\n");
    delete(Manifest.FILE);
    for (Split split : Split.values()) {
      delete(DatasetDirectory.directoryName(split));
    }
    for (VocabularyUse use : VocabularyUse.values()) {
      delete(use.file());
    }
    for (String tokenizer : TokenizersJson.FILES) {
      delete(tokenizer);
    }
  }

  private void delete(String name) throws IOException {
    Path file = Links.makeWay(files, path, new Path(path, name));
    if (files.exists(file) && !files.delete(file, true)) {
      throw new IOException(file + " cannot be deleted");
    }
  }

  private SplitContent write(Split split, SplitRows rows, DatasetContent content)
      throws IOException {
    Path directory = new Path(path, DatasetDirectory.directoryName(split));
    rows.rows()
        .write()
        .mode(SaveMode.ErrorIfExists)
        .option("compression", "snappy")
        .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
        .parquet(directory.toString());
    List<PartFile> parts = partFiles(directory);
    WrittenRows written = read(directory, parts, content);
    requireSame(split, "tokens", rows.tokens(), written.tokens());
    requireSame(split, "target tokens", rows.targetTokens(), written.targetTexts().tokens());
    return new SplitContent(
        written.rows(),
        written.tokens(),
        written.unknown(),
        rows.images(),
        Optional.of(written.sha256()),
        written.given(),
        written.longest(),
        written.targets(),
        written.targetTexts(),
        parts);
  }

  private static void requireSame(Split split, String what, long counted, long written) {
    if (written != counted) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot prepare split %s: it had %,d %s, but %,d were written: an input changed meanwhile",
              split.label(),
              counted,
              what,
              written));
    }
  }

  private List<PartFile> partFiles(Path directory) throws IOException {
    List<FileStatus> found =
        Arrays.stream(files.listStatus(directory))
            .filter(status -> status.getPath().getName().startsWith("part-"))
            .sorted(Comparator.comparing(status -> status.getPath().getName()))
            .toList();
    List<String> hashes =
        PartFiles.hashes(spark, found.stream().map(s -> s.getPath().toString()).toList());
    List<PartFile> parts = new ArrayList<>();
    for (FileStatus status : found) {
      parts.add(
          new PartFile(status.getPath().getName(), status.getLen(), hashes.get(parts.size())));
    }
    return parts;
  }

  private WrittenRows read(Path directory, List<PartFile> parts, DatasetContent content) {
    List<String> names =
        parts.stream().map(part -> new Path(directory, part.name()).toString()).toList();
    return WrittenRows.of(PartFiles.read(spark, names), content);
  }

  private void finish(Manifest manifest) throws IOException {
    try {
      put(Manifest.FILE, manifest.toJson());
    } catch (IOException | FSError e) {
      delete(Manifest.FILE);
      throw e;
    }
    delete(MARK);
  }

  private void put(String name, String text) throws IOException {
    Links.makeWay(files, path, new Path(path, "." + name + ".crc"));
    try (var out = files.create(Links.makeWay(files, path, new Path(path, name)), true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
