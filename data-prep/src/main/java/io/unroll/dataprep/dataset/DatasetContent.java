package io.unroll.dataprep.dataset;

import java.util.List;
import java.util.Map;

/**
 * What is to be written as a dataset.
 *
 * @param blockLength tokens per row of running text; 0 for captions
 */
public record DatasetContent(
    DatasetKind kind,
    Vocabulary vocabulary,
    int blockLength,
    List<Source> sources,
    Map<Split, SplitRows> splits) {

  Manifest manifest(Map<Split, SplitContent> written) {
    return new Manifest(
        kind,
        vocabulary.tokenizer(),
        vocabulary.size(),
        vocabulary.fingerprint(),
        blockLength,
        sources,
        written);
  }
}
