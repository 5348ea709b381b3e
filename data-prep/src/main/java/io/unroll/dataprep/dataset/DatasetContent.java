package io.unroll.dataprep.dataset;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be written as a dataset.
 *
 * @param vocabularies of the tokens, of the labels, of the characters: those that the kind has
 * @param blockLength tokens per row of running text; 0 for other kinds
 * @param since what is different from an earlier dataset's files, where there is one to compare
 * @param examples the shape of the examples, if they are some
 */
public record DatasetContent(
    DatasetKind kind,
    Map<VocabularyUse, Vocabulary> vocabularies,
    int blockLength,
    List<Source> sources,
    Map<Split, SplitRows> splits,
    Optional<SourceChanges> since,
    Optional<ExampleShape> examples) {

  /** What is no examples. */
  public DatasetContent(
      DatasetKind kind,
      Vocabulary vocabulary,
      int blockLength,
      List<Source> sources,
      Map<Split, SplitRows> splits,
      Optional<SourceChanges> since) {
    this(
        kind,
        Map.of(VocabularyUse.TOKENS, vocabulary),
        blockLength,
        sources,
        splits,
        since,
        Optional.empty());
  }

  Manifest manifest(Map<Split, SplitContent> written) {
    Map<VocabularyUse, VocabularySummary> summaries = new EnumMap<>(VocabularyUse.class);
    vocabularies.forEach((use, vocabulary) -> summaries.put(use, VocabularySummary.of(vocabulary)));
    return new Manifest(kind, summaries, blockLength, sources, written, since, examples);
  }
}
