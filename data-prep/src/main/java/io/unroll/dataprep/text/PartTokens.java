package io.unroll.dataprep.text;

import io.unroll.dataprep.tokenize.CodePoints;
import io.unroll.dataprep.tokenize.Cutter;
import io.unroll.dataprep.tokenize.TokenStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The tokens of a part, streamed: a chunk is open only while it is read. What goes wrong is told as
 * {@link io.unroll.dataprep.DataException} that names the file.
 */
final class PartTokens implements AutoCloseable {
  private final Part part;
  private final Iterator<Chunk> chunks;
  private final Cutter cutter;
  private final Configuration hadoop;
  private final UnaryOperator<CodePoints> view;
  private Chunk chunk;
  private ChunkText text;
  private TokenStream tokens;

  PartTokens(Part part, Cutter cutter, Configuration hadoop) {
    this(part, cutter, hadoop, UnaryOperator.identity());
  }

  /**
   * @param view looks at the text as it is in the files
   */
  PartTokens(Part part, Cutter cutter, Configuration hadoop, UnaryOperator<CodePoints> view) {
    this.part = part;
    this.view = view;
    this.chunks = part.chunks().iterator();
    this.cutter = cutter;
    this.hadoop = hadoop;
  }

  /** Tokens that are closed when the task ends, if not before. */
  static PartTokens inTask(Part part, Cutter cutter, Configuration hadoop) {
    var tokens = new PartTokens(part, cutter, hadoop);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> tokens.close());
    return tokens;
  }

  /** The next token, or null at the end. */
  String next() {
    while (text != null || chunks.hasNext()) {
      String token = nextOfChunk();
      if (token != null) {
        return token;
      }
    }
    return null;
  }

  /** The next token of the chunk that is open, or of the next one; null where it ends. */
  private String nextOfChunk() {
    try {
      if (text == null) {
        chunk = chunks.next();
        text = new ChunkText(chunk, cutter.breaks(), part.normalization(), hadoop);
        tokens = cutter.tokens(part.normalization().of(view.apply(text)));
      }
      String token = tokens.next();
      if (token == null) {
        close();
      }
      return token;
    } catch (IOException e) {
      throw chunk.file().unreadable(e);
    }
  }

  /** Skips a number of tokens. */
  void skip(long count) {
    for (long x = 0; x < count && next() != null; x++) {}
  }

  @Override
  public void close() {
    if (text != null) {
      try {
        text.close();
      } catch (IOException e) {
        throw chunk.file().unreadable(e);
      } finally {
        text = null;
      }
    }
  }
}
