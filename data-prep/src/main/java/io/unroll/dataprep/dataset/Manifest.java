package io.unroll.dataprep.dataset;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.SplitContent.PartFile;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/**
 * What a dataset is and holds; {@code manifest.json}, written last.
 *
 * @param vocabularies what is known of those that the dataset has
 * @param blockLength tokens per row of running text, fewer only in the last row of a split; 0 for
 *     other kinds
 * @param splits the splits that the dataset has
 * @param since what is different from an earlier dataset's files, where there was one to compare
 * @param examples the shape of the examples, if they are some
 */
public record Manifest(
    DatasetKind kind,
    Map<VocabularyUse, VocabularySummary> vocabularies,
    int blockLength,
    List<Source> sources,
    Map<Split, SplitContent> splits,
    Optional<SourceChanges> since,
    Optional<ExampleShape> examples) {

  /** Its file's name. */
  public static final String FILE = "manifest.json";

  static final String NO_TOKENS =
      "Cannot read tokens: the dataset has examples of vectors, and no vocabulary";

  /** That of a dataset that is no examples. */
  public Manifest(
      DatasetKind kind,
      Tokenizer tokenizer,
      int vocabularySize,
      String vocabularyFingerprint,
      int blockLength,
      List<Source> sources,
      Map<Split, SplitContent> splits,
      Optional<SourceChanges> since) {
    this(
        kind,
        Map.of(
            VocabularyUse.TOKENS,
            new VocabularySummary(tokenizer, vocabularySize, vocabularyFingerprint)),
        blockLength,
        sources,
        splits,
        since,
        Optional.empty());
  }

  public Manifest {
    if (examples.isPresent() != (kind == DatasetKind.EXAMPLES)) {
      throw new IllegalArgumentException("Only examples have a shape, and they always do");
    }
    vocabularies = Collections.unmodifiableMap(new EnumMap<>(vocabularies));
    sources = List.copyOf(sources);
    splits = Collections.unmodifiableMap(new EnumMap<>(splits));
  }

  /**
   * What cuts text into the tokens that are read.
   *
   * @throws DataException if vectors are read
   */
  public Tokenizer tokenizer() {
    return vocabulary().tokenizer();
  }

  /**
   * V, how many tokens there are to read.
   *
   * @throws DataException if vectors are read
   */
  public int vocabularySize() {
    return vocabulary().size();
  }

  /**
   * The fingerprint of the tokens that are read.
   *
   * @throws DataException if vectors are read
   */
  public String vocabularyFingerprint() {
    return vocabulary().fingerprint();
  }

  private VocabularySummary vocabulary() {
    VocabularySummary tokens = vocabularies.get(VocabularyUse.TOKENS);
    if (tokens == null) {
      throw new DataException(NO_TOKENS);
    }
    return tokens;
  }

  private boolean hasTargetTexts() {
    return examples.filter(shape -> shape.target() == ExampleShape.Target.TEXT).isPresent();
  }

  /** What the rows are, in words. */
  String rowsInWords() {
    if (hasTargetTexts()) {
      return vocabularies.containsKey(VocabularyUse.TOKENS)
          ? "pairs of texts"
          : "vectors with texts";
    }
    return switch (kind) {
      case STREAM -> "running text";
      case CAPTIONS -> "captions of images";
      case EXAMPLES -> "examples with labels";
      case SEQUENCES -> "texts of their own";
    };
  }

  /** The columns of the Parquet files. */
  public StructType schema() {
    return examples.map(ExampleShape::schema).orElseGet(kind::schema);
  }

  /** The text of a manifest.json. */
  public String toJson() {
    return ManifestJson.write(this);
  }

  /**
   * Reads the text of a manifest.json.
   *
   * @throws DataException if the text is no manifest of a version that is known
   */
  public static Manifest fromJson(String json) {
    return ManifestJson.read(json);
  }

  /** The first version of the format that knows all that is here. */
  int version() {
    if (examples.isPresent()) {
      return hasTargetTexts() ? ManifestJson.WITH_TEXT_TARGETS : ManifestJson.WITH_EXAMPLES;
    }
    if (kind == DatasetKind.SEQUENCES) {
      return ManifestJson.WITH_SEQUENCES;
    }
    boolean hashed = splits.values().stream().allMatch(split -> split.rowsSha256().isPresent());
    if (since.isPresent()) {
      return ManifestJson.WITH_CHANGES;
    }
    return hashed ? ManifestJson.WITH_HASHES : 1;
  }

  /**
   * SHA-256 in hexadecimal digits over kind, vocabulary, block length and every split's rows, or of
   * examples over their shape, all vocabularies and every split's rows: the same for equal inputs,
   * wherever they lie and whenever they were prepared. In version 1 it is taken over the bytes of
   * the splits' files, which differ from one preparation to the next.
   */
  public String contentFingerprint() {
    var hash = new Sha256();
    hash.add(
        examples
            .map(this::identity)
            .orElseGet(
                () ->
                    String.format(
                        Locale.ROOT,
                        "%s %s %d\n",
                        kind.label(),
                        vocabularyFingerprint(),
                        blockLength)));
    splits.forEach(
        (split, content) -> {
          hash.add(split.label() + "\n");
          content
              .rowsSha256()
              .map(List::of)
              .orElseGet(() -> content.files().stream().map(PartFile::sha256).toList())
              .forEach(sha256 -> hash.add(sha256 + "\n"));
        });
    return hash.digits();
  }

  private String identity(ExampleShape shape) {
    var line = new StringBuilder(kind.label());
    for (VocabularyUse use : VocabularyUse.values()) {
      if (use == VocabularyUse.TARGETS && shape.target() != ExampleShape.Target.TEXT) {
        continue; // as it was when there were none
      }
      VocabularySummary vocabulary = vocabularies.get(use);
      line.append(' ').append(vocabulary == null ? "-" : vocabulary.fingerprint());
    }
    return String.format(
        Locale.ROOT,
        "%s %s %d %s %d%s\n",
        line,
        shape.source().label(),
        shape.vectorSize(),
        shape.target().label(),
        shape.rareFrom(),
        shape.grouped() ? " grouped" : "");
  }

  /**
   * What a split holds.
   *
   * @throws DataException if the dataset has no such split
   */
  public SplitContent content(Split split) {
    SplitContent content = splits.get(split);
    if (content == null) {
      throw new DataException(
          "Cannot read split %s: the dataset has only %s"
              .formatted(
                  split.label(),
                  String.join(", ", splits.keySet().stream().map(Split::label).toList())));
    }
    return content;
  }
}
