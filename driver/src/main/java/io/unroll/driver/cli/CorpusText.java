package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.summary.Count;
import io.unroll.driver.metric.Bleu;
import io.unroll.driver.metric.Bootstrap;
import io.unroll.driver.metric.CaptionBleu;
import io.unroll.driver.metric.CorpusScores;
import io.unroll.driver.metric.Interval;
import io.unroll.driver.metric.RougeL;
import java.util.Locale;

/** The scores of texts beside what people wrote, for people and as JSON. */
final class CorpusText {
  private static final int PERCENT = 100;

  private final CorpusScores scores;

  CorpusText(CorpusScores scores) {
    this.scores = scores;
  }

  /** All of it, without the last line's end. */
  String text() {
    return String.join(System.lineSeparator(), bleu(), chrf(), captions(), exact(), intervals());
  }

  private String bleu() {
    Bleu.Counts parts = scores.bleuParts();
    double[] p = parts.precisions();
    return line(
        "BLEU       %6.2f  %.1f/%.1f/%.1f/%.1f, brevity penalty %.3f, %s against %,d  %s",
        parts.score(),
        p[0],
        p[1],
        p[2],
        p[3],
        parts.brevityPenalty(),
        Count.of(parts.hypothesis(), "token"),
        parts.reference(),
        scores.bleuSignature());
  }

  private String chrf() {
    return line("chrF2      %6.2f  %s", scores.chrfCounts().score(), scores.chrfSignature());
  }

  private String captions() {
    double[] bleu = CaptionBleu.of(scores.texts());
    return line(
        "captions           BLEU-1 to 4 %.3f %.3f %.3f %.3f, ROUGE-L %.3f, CIDEr-D %.3f",
        bleu[0], bleu[1], bleu[2], bleu[3], RougeL.of(scores.texts()), scores.cider());
  }

  private String exact() {
    return line(
        "exact      %6.2f  %% of %s",
        PERCENT * scores.exact(), Count.of(scores.texts().size(), "text"));
  }

  private String intervals() {
    Interval bleu = Interval.of(scores.bleuCounts().resampled());
    Interval chrf = Interval.of(scores.chrfCounts().resampled());
    return line(
        "95 %% interval      BLEU %.2f to %.2f, chrF2 %.2f to %.2f (%,d samples of the texts)",
        bleu.low(), bleu.high(), chrf.low(), chrf.high(), Bootstrap.RESAMPLES);
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** As fields of a JSON object. */
  void put(ObjectNode object) {
    Bleu.Counts parts = scores.bleuParts();
    object.put("texts", scores.texts().size());
    object.put("exact", scores.exact());
    object.put("bleu", parts.score());
    ResultOption.put(object, "bleu-interval", Interval.of(scores.bleuCounts().resampled()));
    object.put("bleu-signature", scores.bleuSignature());
    put(parts.precisions(), object.putArray("precisions"));
    object.put("brevity-penalty", parts.brevityPenalty());
    object.put("hypothesis-tokens", parts.hypothesis());
    object.put("reference-tokens", parts.reference());
    object.put("chrf", scores.chrfCounts().score());
    ResultOption.put(object, "chrf-interval", Interval.of(scores.chrfCounts().resampled()));
    object.put("chrf-signature", scores.chrfSignature());
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
