package io.unroll.dataprep.examples;

import io.unroll.dataprep.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** What a task finds in an input, one after the other. */
final class Readings implements Iterator<Reading> {
  private final ExampleInput input;
  private final int index;
  private final ExampleReader reader;
  private Reading next;
  private boolean ended;

  Readings(ExampleInput input, int index, Configuration hadoop) {
    this.input = input;
    this.index = index;
    this.reader = open(input, hadoop);
    this.next = reader == null ? next : read();
  }

  private ExampleReader open(ExampleInput from, Configuration hadoop) {
    try {
      ExampleReader opened = from.open(hadoop);
      TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close(opened));
      return opened;
    } catch (DataException e) {
      next = unusable(e);
      return null;
    } catch (IOException e) {
      next = unusable(from.unreadable(e));
      return null;
    }
  }

  private static void close(ExampleReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reading read() {
    try {
      RawExample example = reader.next();
      return example == null ? null : Reading.of(example.in(index));
    } catch (BadExample e) {
      return Reading.bad(index, e.place(), e.fault(), e.getMessage());
    } catch (DataException e) {
      return unusable(e);
    } catch (IOException e) {
      return unusable(input.unreadable(e));
    }
  }

  private Reading unusable(RuntimeException failure) {
    if (!(failure instanceof DataException)) {
      throw failure;
    }
    ended = true;
    return Reading.bad(index, Long.MAX_VALUE, Fault.WHOLE_INPUT, failure.getMessage());
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Reading next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    Reading reading = next;
    next = ended ? null : read();
    return reading;
  }
}
