package io.unroll.dataprep.conllu;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.ExampleInput;
import io.unroll.dataprep.examples.ExampleReader;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.source.TextLines;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** A file of tagged sentences. */
record ConlluFile(SourceFile file, ConlluColumn tags) implements ExampleInput {
  private static final int FORM = 1;

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
      return TaggedWords.example(
          found.stream().mapToLong(Sentences.Word::line).toArray(),
          found.stream().map(word -> word.columns()[FORM]).toArray(String[]::new),
          found.stream().map(word -> word.columns()[tags.index()]).toArray(String[]::new),
          "column %s (choose another column with --tags".formatted(tags.name()));
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
