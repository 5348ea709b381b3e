package io.unroll.dataprep.features;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.ExampleInput;
import io.unroll.dataprep.examples.ExampleReader;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.source.TextLines;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/** Text with an image a line. Blank lines are passed over. */
record LineFeatures(SourceFile file, LineParser parser) implements FeatureInput {
  @Override
  public int vectorSize(Configuration hadoop) {
    try (var lines = open(file, hadoop)) {
      String line = next(lines);
      if (line == null) {
        throw new DataException(
            "Cannot read %s: it has only blank lines (expected an image in each)"
                .formatted(file.uri()));
      }
      return vectorSize(line, lines.number());
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  private int vectorSize(String line, long number) {
    try {
      return parser.parse(line, number).size();
    } catch (BadExample e) {
      throw new DataException(
          String.format(
              Locale.ROOT, "Cannot read %s, line %d: %s", file.uri(), number, e.getMessage()),
          e);
    }
  }

  @Override
  public ExampleInput of(int vectorSize) {
    return new Lines(file, parser, vectorSize);
  }

  @Override
  public RuntimeException unreadable(IOException cause) {
    return file.unreadable(cause);
  }

  private static TextLines open(SourceFile file, Configuration hadoop) throws IOException {
    return new TextLines(file.open(hadoop, 0), file.uri());
  }

  /** The next line that is not blank, or null at the end. */
  private static String next(TextLines lines) throws IOException {
    String line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    return line;
  }

  private record Lines(SourceFile file, LineParser parser, int vectorSize) implements ExampleInput {
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
      return new Reader(LineFeatures.open(file, hadoop), parser, vectorSize);
    }
  }

  /** Reads lines, whatever they come from. */
  record Reader(TextLines lines, LineParser parser, int vectorSize) implements ExampleReader {
    @Override
    public RawExample next() throws IOException, BadExample {
      String line = LineFeatures.next(lines);
      return line == null
          ? null
          : parser.parse(line, lines.number()).example(lines.number(), vectorSize);
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
