package io.unroll.dataprep.conllu;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.ExampleInput;
import io.unroll.dataprep.examples.ExampleReader;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.source.TextLines;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/** A file of tagged sentences. */
record ConlluFile(SourceFile file, ConlluColumn tags) implements ExampleInput {
  private static final int FORM = 1;
  private static final String UNSPECIFIED = "_";

  /** Words of some languages have blanks; tokens have none. */
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

  @Override
  public String name() {
    return file.uri();
  }

  @Override
  public RuntimeException unreadable(IOException cause) {
    return file.unreadable(cause);
  }

  Sentences sentences(Configuration hadoop) throws IOException {
    return new Sentences(new TextLines(file.open(hadoop, 0), file.uri()), file.uri());
  }

  @Override
  public ExampleReader open(Configuration hadoop) throws IOException {
    return new Reader(sentences(hadoop), tags);
  }

  private record Reader(Sentences sentences, ConlluColumn tags) implements ExampleReader {
    @Override
    public RawExample next() throws IOException, BadExample {
      List<Sentences.Word> found = sentences.next();
      if (found.isEmpty()) {
        return null;
      }
      String[] words = new String[found.size()];
      String[] labels = new String[words.length];
      for (int x = 0; x < words.length; x++) {
        String[] columns = found.get(x).columns();
        words[x] = BLANKS.matcher(columns[FORM].strip()).replaceAll(UNSPECIFIED);
        labels[x] = columns[tags.index()].strip();
        if (words[x].isEmpty()) {
          throw new BadExample(
              Fault.NO_TEXT,
              found.get(x).line(),
              "its word is empty (--skip-bad leaves such sentences out)");
        }
        if (labels[x].isEmpty() || labels[x].equals(UNSPECIFIED)) {
          throw new BadExample(
              Fault.NO_LABEL,
              found.get(x).line(),
              "its word '%s' has no tag in column %s (choose another column with --tags, or leave such sentences out with --skip-bad)"
                  .formatted(words[x], tags.name()));
        }
      }
      return RawExample.ofWords(found.get(0).line(), words, labels, "");
    }

    @Override
    public void close() throws IOException {
      sentences.close();
    }
  }

  /**
   * What is passed over in the file.
   *
   * @throws DataException if it is no CoNLL-U, or has no sentence
   */
  PassedOver passedOver(Configuration hadoop) {
    try (Sentences sentences = sentences(hadoop)) {
      boolean some = false;
      while (!sentences.next().isEmpty()) {
        some = true;
      }
      if (!some) {
        throw new DataException(
            "Cannot read %s: it has no sentence (expected CoNLL-U)".formatted(file.uri()));
      }
      return new PassedOver(sentences.ranges(), sentences.emptyNodes());
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }
}
