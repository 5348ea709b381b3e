package io.unroll.dataprep.pairs;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.ExampleInput;
import io.unroll.dataprep.examples.ExampleReader;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.lines.Fields;
import io.unroll.dataprep.source.SourceFile;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/** Two files of lines: line n of one belongs to line n of the other. */
record ParallelFiles(SourceFile sources, SourceFile targets, PairTexts texts)
    implements ExampleInput {

  @Override
  public String name() {
    return sources.uri();
  }

  @Override
  public RuntimeException unreadable(IOException cause) {
    return sources.unreadable(cause);
  }

  @Override
  public ExampleReader open(Configuration hadoop) throws IOException {
    var first = ParallelLines.open(sources, hadoop);
    try {
      return new Reader(first, ParallelLines.open(targets, hadoop), texts.in(targets.uri()));
    } catch (RuntimeException e) {
      first.close();
      throw e;
    }
  }

  private record Reader(ParallelLines sources, ParallelLines targets, PairTexts texts)
      implements ExampleReader {

    @Override
    public RawExample next() throws BadExample {
      String source = sources.next();
      String target = targets.next();
      if (source == null && target == null) {
        return null;
      }
      if (source == null || target == null) {
        throw unequal();
      }
      return texts.example(new Fields(sources.number(), source, target, ""));
    }

    private DataException unequal() {
      return new DataException(
          String.format(
              Locale.ROOT,
              "Cannot pair the lines of %s and %s: there are %,d and %,d of them (expected as many: line n of one belongs to line n of the other)",
              sources.name(),
              targets.name(),
              sources.count(),
              targets.count()));
    }

    @Override
    public void close() throws IOException {
      try {
        sources.close();
      } finally {
        targets.close();
      }
    }
  }
}
