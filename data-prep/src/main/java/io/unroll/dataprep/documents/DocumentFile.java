package io.unroll.dataprep.documents;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.ExampleInput;
import io.unroll.dataprep.examples.ExampleReader;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.source.TextLines;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** A document in each line of a file. Blank lines are passed over. */
record DocumentFile(SourceFile file, DocumentText text) implements ExampleInput {
  @Override
  public String name() {
    return file.uri();
  }

  @Override
  public RuntimeException unreadable(IOException cause) {
    return file.unreadable(cause);
  }

  @Override
  public ExampleReader open(Configuration hadoop) throws IOException {
    return new Reader(new TextLines(file.open(hadoop, 0), file.uri()), text);
  }

  private record Reader(TextLines lines, DocumentText text) implements ExampleReader {
    @Override
    public RawExample next() throws IOException, BadExample {
      String line = lines.next();
      while (line != null && line.isBlank()) {
        line = lines.next();
      }
      return line == null ? null : text.example(lines.number(), line);
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
