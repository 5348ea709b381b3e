package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.metric.Bleu;
import io.unroll.driver.metric.Compared;
import io.unroll.driver.metric.CorpusScores;
import io.unroll.driver.metric.ParallelLines;
import io.unroll.driver.run.TextFile;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures texts beside what people wrote; needs no Spark. */
@Command(
    name = "score",
    description =
        "Measures texts, such as translations or captions, beside what people wrote: BLEU and chrF2"
            + " as sacrebleu computes them; BLEU, ROUGE-L and CIDEr-D as coco-caption does, of texts"
            + " that are cut at white space. Intervals are those of 95 of 100 samples of the texts.",
    sortOptions = false)
final class ScoreCommand implements Callable<Integer> {
  @Option(
      names = "--hypotheses",
      required = true,
      paramLabel = "FILE",
      description = "what was generated, a text in each line")
  private String hypotheses;

  @Option(
      names = "--references",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "what would be right, line by line; of several files, a blank line means that the text has"
              + " no such reference")
  private List<String> references;

  @Mixin private MetricOptions metricOptions;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Override
  public Integer call() {
    quiet.apply();
    Bleu bleu = metricOptions.bleu();
    Configuration hadoop = SparkSessions.hadoop();
    List<Compared> texts =
        ParallelLines.of(
            content(hypotheses, hadoop),
            references.stream().map(file -> content(file, hadoop)).toList());
    CorpusText scores = new CorpusText(CorpusScores.of(bleu, texts, references.size()));
    result.print(
        List.of(Printable.text(scores.text())),
        object -> {
          object.put("hypotheses", hypotheses);
          ArrayNode files = object.putArray("references");
          references.forEach(files::add);
          scores.put(object);
        });
    return ExitCode.DONE.code();
  }

  private static ParallelLines.Content content(String file, Configuration hadoop) {
    return new ParallelLines.Content(file, TextFile.read(file, "lines", hadoop));
  }
}
