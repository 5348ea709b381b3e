package io.unroll.dataprep.text;

import io.unroll.dataprep.tokenize.CodePoints;
import io.unroll.dataprep.tokenize.TokenStream;
import io.unroll.dataprep.tokenize.Tokenizer;
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
  private final Tokenizer tokenizer;
  private final Configuration hadoop;
  private final UnaryOperator<CodePoints> view;
  private Chunk chunk;
  private ChunkText text;
  private TokenStream tokens;

  PartTokens(Part part, Tokenizer tokenizer, Configuration hadoop) {
    this(part, tokenizer, hadoop, UnaryOperator.identity());
  }

  /**
   * @param view looks at the text as it is in the files
   */
  PartTokens(Part part, Tokenizer tokenizer, Configuration hadoop, UnaryOperator<CodePoints> view) {
    this.part = part;
    this.view = view;
    this.chunks = part.chunks().iterator();
    this.tokenizer = tokenizer;
    this.hadoop = hadoop;
  }

  /** Tokens that are closed when the task ends, if not before. */
  static PartTokens inTask(Part part, Tokenizer tokenizer, Configuration hadoop) {
    var tokens = new PartTokens(part, tokenizer, hadoop);
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
        text = new ChunkText(chunk, tokenizer.readsLines(), part.normalization(), hadoop);
        tokens = tokenizer.tokens(part.normalization().of(view.apply(text)));
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
