package io.unroll.dataprep.dataset;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be written as a dataset.
 *
 * @param blockLength tokens per row of running text; 0 for captions
 * @param since what is different from an earlier dataset's files, where there is one to compare
 */
public record DatasetContent(
    DatasetKind kind,
    Vocabulary vocabulary,
    int blockLength,
    List<Source> sources,
    Map<Split, SplitRows> splits,
    Optional<SourceChanges> since) {

  Manifest manifest(Map<Split, SplitContent> written) {
    return new Manifest(
        kind,
        vocabulary.tokenizer(),
        vocabulary.size(),
        vocabulary.fingerprint(),
        blockLength,
        sources,
        written,
        since);
  }
}
