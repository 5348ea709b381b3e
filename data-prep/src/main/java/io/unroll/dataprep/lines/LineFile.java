package io.unroll.dataprep.lines;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.ExampleInput;
import io.unroll.dataprep.examples.ExampleReader;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.source.TextLines;
import io.unroll.dataprep.tokenize.CodePoints;
import io.unroll.dataprep.tokenize.LabelTokenizer;
import io.unroll.dataprep.tokenize.TokenStream;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * A file of labels and texts.
 *
 * @param tokenizer cuts texts into words as they are written
 */
record LineFile(SourceFile file, LineFormat format, Tokenizer tokenizer) implements ExampleInput {
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
      return new Reader(lines, fields(lines), tokenizer);
    } catch (IOException | RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  private FieldReader fields(TextLines lines) throws IOException {
    return switch (format.form()) {
      case LINES -> new PlainLines(lines, file.uri(), format.separator());
      case CSV -> new CsvRecords(lines, file.uri(), format);
      case JSONL -> new JsonLines(lines, format);
    };
  }

  private record Reader(TextLines lines, FieldReader fields, Tokenizer tokenizer)
      implements ExampleReader {

    @Override
    public RawExample next() throws IOException, BadExample {
      Fields found = fields.next();
      if (found == null) {
        return null;
      }
      String label = found.label().strip();
      if (label.isEmpty() || !LabelTokenizer.isLabel(label)) {
        throw bad(
            Fault.NO_LABEL,
            found,
            label.isEmpty() ? "its label is empty" : "its label has a line break");
      }
      String[] words = words(found);
      if (found.text().isBlank() || words.length == 0) {
        throw bad(Fault.NO_TEXT, found, "its text is empty");
      }
      return RawExample.ofWords(found.place(), words, new String[] {label}, found.key());
    }

    private static BadExample bad(Fault fault, Fields found, String reason) {
      return new BadExample(
          fault,
          found.place(),
          reason + " (add what is missing, or leave such examples out with --skip-bad)");
    }

    private String[] words(Fields found) throws BadExample {
      TokenStream stream = tokenizer.tokens(CodePoints.of(found.text()));
      List<String> words = new ArrayList<>();
      try {
        for (String word = stream.next(); word != null; word = stream.next()) {
          words.add(word);
        }
      } catch (IOException e) { // a word that is absurdly long
        throw new BadExample(Fault.MALFORMED, found.place(), e.getMessage());
      }
      return words.toArray(String[]::new);
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
