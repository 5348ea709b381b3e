package io.unroll.dataprep.dataset;

import java.util.List;
import java.util.Optional;

/**
 * What one split holds.
 *
 * @param rows blocks, or captions
 * @param tokens ids in all rows, {@code <bos>} and {@code <eos>} included
 * @param unknown how many of them are {@code <unk>}
 * @param images images of the split, those without a caption too; 0 in running text
 * @param rowsSha256 SHA-256 of the rows whatever the bytes of the files, in hexadecimal digits;
 *     empty in a dataset of version 1
 * @param files its Parquet files, by name
 */
public record SplitContent(
    long rows,
    long tokens,
    long unknown,
    long images,
    Optional<String> rowsSha256,
    List<PartFile> files) {

  /**
   * A Parquet file in the split's directory.
   *
   * @param bytes its size
   * @param sha256 of its bytes, in hexadecimal digits
   */
  public record PartFile(String name, long bytes, String sha256) {}

  public SplitContent {
    files = List.copyOf(files);
  }
}
