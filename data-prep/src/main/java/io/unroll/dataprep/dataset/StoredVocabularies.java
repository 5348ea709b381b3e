package io.unroll.dataprep.dataset;

import io.unroll.dataprep.DataException;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The vocabularies of a finished dataset, which must be those that its manifest tells of. */
final class StoredVocabularies {
  private final Path path;
  private final Manifest manifest;
  private final Map<VocabularyUse, Vocabulary> vocabularies = new EnumMap<>(VocabularyUse.class);

  private StoredVocabularies(Path path, Manifest manifest) {
    this.path = path;
    this.manifest = manifest;
  }

  /**
   * Reads them.
   *
   * @throws DataException if one is missing, is another than the manifest tells of, or does not go
   *     with the examples
   */
  static Map<VocabularyUse, Vocabulary> read(FileSystem files, Path path, Manifest manifest)
      throws IOException {
    var stored = new StoredVocabularies(path, manifest);
    for (var summary : manifest.vocabularies().entrySet()) {
      VocabularyUse use = summary.getKey();
      Vocabulary vocabulary =
          DatasetJson.parse(files, new Path(path, use.file()), Vocabulary::fromJson);
      stored.requireSame(use, vocabulary, summary.getValue());
      stored.vocabularies.put(use, vocabulary);
    }
    manifest
        .examples()
        .ifPresent(
            shape -> {
              if (shape.target() == ExampleShape.Target.TEXT) {
                stored.requireEnds();
              } else {
                stored.requireLabels();
              }
            });
    return stored.vocabularies;
  }

  private void requireSame(VocabularyUse use, Vocabulary vocabulary, VocabularySummary summary) {
    if (!VocabularySummary.of(vocabulary).equals(summary)) {
      boolean several = use == VocabularyUse.LABELS || use == VocabularyUse.CHARACTERS;
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot open dataset %s: its %s %s %d tokens and fingerprint %s, but the manifest says %d and %s",
              path,
              use.label(),
              several ? "have" : "has",
              vocabulary.size(),
              vocabulary.fingerprint(),
              summary.size(),
              summary.fingerprint()));
    }
  }

  private void requireLabels() {
    List<String> labels = vocabularies.get(VocabularyUse.LABELS).tokens();
    manifest
        .splits()
        .forEach(
            (split, content) -> {
              if (!List.copyOf(content.targets().keySet()).equals(labels)) {
                throw new DataException(
                    "Cannot open dataset %s: the manifest counts other labels in split %s than %s has, or in another order"
                        .formatted(path, split.label(), VocabularyUse.LABELS.file()));
              }
            });
  }

  private void requireEnds() {
    Vocabulary targets = vocabularies.get(VocabularyUse.TARGETS);
    if (targets.begin().isEmpty() || targets.end().isEmpty()) {
      throw new DataException(
          "Cannot open dataset %s: %s is of tokenizer %s, which lacks <bos> or <eos> (expected that of texts with begin and end)"
              .formatted(path, VocabularyUse.TARGETS.file(), targets.tokenizer().kind()));
    }
  }
}
