package io.unroll.dataprep.lines;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.ExampleInput;
import io.unroll.dataprep.examples.ExampleReader;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.source.TextLines;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/**
 * A file of fields.
 *
 * @param examples what they are made into
 */
record LineFile(SourceFile file, LineFormat format, FieldExamples examples)
    implements ExampleInput {
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
    var lines = new TextLines(file.open(hadoop, 0), file.uri());
    try {
      return new Reader(lines, fields(lines, file.uri(), format), examples);
    } catch (IOException | RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  /**
   * The fields of lines.
   *
   * @param name of the file, for messages
   */
  static FieldReader fields(TextLines lines, String name, LineFormat format) throws IOException {
    return switch (format.form()) {
      case LINES -> new PlainLines(lines, name, format);
      case CSV -> new CsvRecords(lines, name, format);
      case JSONL -> new JsonLines(lines, format);
    };
  }

  private record Reader(TextLines lines, FieldReader fields, FieldExamples examples)
      implements ExampleReader {

    @Override
    public RawExample next() throws IOException, BadExample {
      Fields found = fields.next();
      return found == null ? null : examples.example(found);
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
