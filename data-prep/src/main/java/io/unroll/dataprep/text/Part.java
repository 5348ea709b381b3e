package io.unroll.dataprep.text;

import io.unroll.dataprep.source.SourceFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive chunks of a corpus: what one task reads, one after the other.
 *
 * @param chunks a small file, or a few, or a piece of a large one
 * @param normalization of the text
 */
record Part(ArrayList<Chunk> chunks, Normalization normalization) implements Serializable {

  /**
   * Cuts a corpus into parts of about {@code partBytes}; a compressed file stays in one. The text
   * that the parts stand for, one after the other, is the corpus, however it is cut.
   */
  static List<Part> of(List<SourceFile> files, long partBytes, Normalization normalization) {
    List<Part> parts = new ArrayList<>();
    var open = new ArrayList<Chunk>();
    long openBytes = 0;
    for (Chunk chunk : chunks(files, partBytes)) {
      long bytes = Math.min(chunk.end(), chunk.file().bytes()) - chunk.begin();
      if (!open.isEmpty() && openBytes + bytes > partBytes) {
        parts.add(new Part(open, normalization));
        open = new ArrayList<>();
        openBytes = 0;
      }
      open.add(chunk);
      openBytes += bytes;
    }
    if (!open.isEmpty()) {
      parts.add(new Part(open, normalization));
    }
    return parts;
  }

  private static List<Chunk> chunks(List<SourceFile> files, long partBytes) {
    List<Chunk> chunks = new ArrayList<>();
    for (SourceFile file : files) {
      if (file.compressed()) {
        chunks.add(new Chunk(file, 0, Long.MAX_VALUE));
        continue;
      }
      for (long begin = 0; begin < file.bytes(); begin += partBytes) {
        chunks.add(new Chunk(file, begin, Math.min(begin + partBytes, file.bytes())));
      }
    }
    return chunks;
  }
}
