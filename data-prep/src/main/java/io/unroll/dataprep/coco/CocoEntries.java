package io.unroll.dataprep.coco;

import io.unroll.dataprep.tokenize.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** The entries of a file as a task streams them. */
final class CocoEntries implements Iterator<CocoEntry> {
  private final CocoParser parser;
  private CocoEntry next;

  CocoEntries(CocoFile file, Tokenizer tokenizer, Configuration hadoop) {
    try {
      var in = file.source().open(hadoop, 0);
      TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close(in));
      this.parser = new CocoParser(file, tokenizer, in);
    } catch (IOException e) {
      throw file.source().unreadable(e);
    }
    this.next = parser.next();
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public CocoEntry next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    CocoEntry entry = next;
    next = parser.next();
    return entry;
  }
}
