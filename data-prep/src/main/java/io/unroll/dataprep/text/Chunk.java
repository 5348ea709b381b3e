package io.unroll.dataprep.text;

import io.unroll.dataprep.source.SourceFile;
import java.io.Serializable;

/**
 * A range of a file's bytes, the part of it that one reader is responsible for. What begins in the
 * range (a code point, or a word) is read to its end, beyond the range if need be; what began
 * before it is left to the reader before.
 *
 * @param begin offset of the first byte
 * @param end offset after the last byte; {@link Long#MAX_VALUE} in a compressed file, which is one
 *     chunk
 */
record Chunk(SourceFile file, long begin, long end) implements Serializable {

  /** Size of the content as far as it is known: of a compressed file it is not. */
  long contentBytes() {
    return file.compressed() ? Long.MAX_VALUE : file.bytes();
  }
}
