package io.unroll.dataprep.pairs;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.examples.Corpus;
import io.unroll.dataprep.examples.ExampleInput;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleWords;
import io.unroll.dataprep.examples.TextFiles;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.source.Inputs;
import io.unroll.dataprep.source.Recognition;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.tokenize.WordTokenizer;
import java.util.List;

/** The words of texts in two files, of which line n of one belongs to line n of the other. */
public final class ParallelTexts {
  private ParallelTexts() {}

  /**
   * Opens them; whoever asks for it closes it. Pairs of blank lines are left out.
   *
   * @param lowerCase whether letters are made lower-case
   * @throws DataException if a file is missing, empty or no text, the lines are not as many, or a
   *     line has no counterpart
   */
  public static Corpus open(
      Cluster cluster, List<String> sources, List<String> targets, boolean lowerCase) {
    var inputs = new Inputs(cluster.hadoop());
    List<SourceFile> first = Recognition.of(cluster, inputs.files(sources));
    List<SourceFile> second = Recognition.of(cluster, inputs.files(targets));
    var texts = new PairTexts(new ExampleWords(new WordTokenizer(lowerCase, 1, 0)), "");
    List<ExampleInput> files =
        TextFiles.pairs(
            "the input",
            first,
            second,
            (source, target) -> new ParallelFiles(source, target, texts));
    Corpus corpus = Corpus.of(cluster, files, "line");
    try {
      corpus.leftOut(ExampleSettings.Bad.REFUSED);
      return corpus;
    } catch (RuntimeException e) {
      corpus.close();
      throw e;
    }
  }
}
