package io.unroll.dataprep.dataset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one split holds.
 *
 * @param rows blocks, captions, examples or sequences
 * @param tokens ids in all rows, {@code <bos>} and {@code <eos>} included; of examples of vectors,
 *     vectors
 * @param unknown how many of them are {@code <unk>}
 * @param images images of the split, those without a caption too; 0 in other kinds than captions
 * @param rowsSha256 SHA-256 of the rows whatever the bytes of the files, in hexadecimal digits;
 *     empty in a dataset of version 1
 * @param given tokens of sequences that are read, but not predicted; 0 in other kinds
 * @param longest most steps of an example; 0 in other kinds
 * @param targets how often the split has each label, in the order of their ids; empty where there
 *     are none
 * @param targetTexts what the texts that are the targets of examples add up to
 * @param files its Parquet files, by name
 */
public record SplitContent(
    long rows,
    long tokens,
    long unknown,
    long images,
    Optional<String> rowsSha256,
    long given,
    int longest,
    Map<String, Long> targets,
    TargetTexts targetTexts,
    List<PartFile> files) {

  /**
   * A Parquet file in the split's directory.
   *
   * @param bytes its size
   * @param sha256 of its bytes, in hexadecimal digits
   */
  public record PartFile(String name, long bytes, String sha256) {}

  public SplitContent {
    targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
    files = List.copyOf(files);
  }

  /** A split of another kind than examples. */
  public SplitContent(
      long rows,
      long tokens,
      long unknown,
      long images,
      Optional<String> rowsSha256,
      List<PartFile> files) {
    this(rows, tokens, unknown, images, rowsSha256, 0, 0, Map.of(), TargetTexts.NONE, files);
  }

  /** Ids in all target texts, {@code <bos>} and {@code <eos>} included; 0 where there are none. */
  public long targetTokens() {
    return targetTexts.tokens();
  }

  /** How many of the ids in target texts are {@code <unk>}. */
  public long targetUnknown() {
    return targetTexts.unknown();
  }

  /** Most ids of a target text, {@code <bos>} and {@code <eos>} included; 0 where there is none. */
  public int longestTarget() {
    return targetTexts.longest();
  }
}
