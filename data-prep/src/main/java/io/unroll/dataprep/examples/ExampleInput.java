package io.unroll.dataprep.examples;

import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/** Where examples come from: a file, files that belong together, or a generator. */
public interface ExampleInput extends Serializable {
  /** Where it is, for messages. */
  String name();

  /** Begins to read it, in a task. */
  ExampleReader open(Configuration hadoop) throws IOException;

  /** What a failure of reading is, for the user. */
  RuntimeException unreadable(IOException cause);
}
