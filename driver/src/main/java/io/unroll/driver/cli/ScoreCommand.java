package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.summary.Count;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.metric.Bleu;
import io.unroll.driver.metric.BleuTokens;
import io.unroll.driver.metric.CaptionBleu;
import io.unroll.driver.metric.Chrf;
import io.unroll.driver.metric.CiderD;
import io.unroll.driver.metric.Compared;
import io.unroll.driver.metric.ParallelLines;
import io.unroll.driver.metric.RougeL;
import io.unroll.driver.run.TextFile;
import java.util.List;
import java.util.Locale;
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
            + " that are cut at white space.",
    sortOptions = false)
final class ScoreCommand implements Callable<Integer> {
  private static final int PERCENT = 100;

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

  @Option(
      names = "--tokenize",
      paramLabel = "NAME",
      description =
          "how sacrebleu's BLEU cuts texts: 13a, intl, or none, at white space (default:"
              + " ${DEFAULT-VALUE})")
  private String tokenize = BleuTokens.MTEVAL_13A.key();

  @Option(names = "--lower-case", description = "of sacrebleu's scores: makes letters lower-case")
  private boolean lowerCase;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  /** All scores of some texts. */
  private record Scores(
      Bleu bleu, Bleu.Counts counts, Chrf chrf, List<Compared> texts, int references) {
    double exact() {
      long equal =
          texts.stream().filter(text -> text.references().contains(text.hypothesis())).count();
      return (double) equal / texts.size();
    }

    double chrfScore() {
      return chrf.of(texts);
    }

    double cider() {
      return new CiderD(texts).of(texts);
    }
  }

  @Override
  public Integer call() {
    quiet.apply();
    Bleu bleu = new Bleu(tokens(), lowerCase);
    Configuration hadoop = SparkSessions.hadoop();
    List<Compared> texts =
        ParallelLines.of(
            content(hypotheses, hadoop),
            references.stream().map(file -> content(file, hadoop)).toList());
    var scores = new Scores(bleu, bleu.of(texts), new Chrf(lowerCase), texts, references.size());
    result.print(List.of(Printable.text(text(scores))), object -> put(scores, object));
    return ExitCode.DONE.code();
  }

  private BleuTokens tokens() {
    try {
      return BleuTokens.of(tokenize);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private static ParallelLines.Content content(String file, Configuration hadoop) {
    return new ParallelLines.Content(file, TextFile.read(file, "lines", hadoop));
  }

  private static String text(Scores scores) {
    Bleu.Counts counts = scores.counts();
    double[] p = counts.precisions();
    double[] caption = CaptionBleu.of(scores.texts());
    return String.join(
        System.lineSeparator(),
        String.format(
            Locale.ROOT,
            "BLEU       %6.2f  %.1f/%.1f/%.1f/%.1f, brevity penalty %.3f, %s against %,d  %s",
            counts.score(),
            p[0],
            p[1],
            p[2],
            p[3],
            counts.brevityPenalty(),
            Count.of(counts.hypothesis(), "token"),
            counts.reference(),
            scores.bleu().signature(scores.references())),
        String.format(
            Locale.ROOT,
            "chrF2      %6.2f  %s",
            scores.chrfScore(),
            scores.chrf().signature(scores.references())),
        String.format(
            Locale.ROOT,
            "captions           BLEU-1 to 4 %.3f %.3f %.3f %.3f, ROUGE-L %.3f, CIDEr-D %.3f",
            caption[0],
            caption[1],
            caption[2],
            caption[3],
            RougeL.of(scores.texts()),
            scores.cider()),
        String.format(
            Locale.ROOT,
            "exact      %6.2f  %% of %s",
            PERCENT * scores.exact(),
            Count.of(scores.texts().size(), "text")));
  }

  private void put(Scores scores, ObjectNode object) {
    Bleu.Counts counts = scores.counts();
    object.put("hypotheses", hypotheses);
    ArrayNode files = object.putArray("references");
    references.forEach(files::add);
    object.put("texts", scores.texts().size());
    object.put("exact", scores.exact());
    object.put("bleu", counts.score());
    object.put("bleu-signature", scores.bleu().signature(scores.references()));
    put(counts.precisions(), object.putArray("precisions"));
    object.put("brevity-penalty", counts.brevityPenalty());
    object.put("hypothesis-tokens", counts.hypothesis());
    object.put("reference-tokens", counts.reference());
    object.put("chrf", scores.chrfScore());
    object.put("chrf-signature", scores.chrf().signature(scores.references()));
    put(CaptionBleu.of(scores.texts()), object.putArray("caption-bleu"));
    object.put("rouge-l", RougeL.of(scores.texts()));
    object.put("cider", scores.cider());
  }

  private static void put(double[] values, ArrayNode array) {
    for (double value : values) {
      array.add(value);
    }
  }
}
