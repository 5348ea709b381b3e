package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.summary.Count;
import io.unroll.driver.evaluate.NgramBaseline;
import io.unroll.worker.model.Tally;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The loss of a model that predicts tokens, for people and as JSON.
 *
 * @param bytes of the text; empty where tokens do not tell
 * @param ngrams what counting achieves; empty if that was not asked for
 * @param dynamic of a model that goes on learning while it is measured; likewise
 */
record LossText(
    Split part,
    Tally evaluation,
    OptionalLong bytes,
    Optional<NgramBaseline> ngrams,
    Optional<Tally> dynamic) {
  private static final int PERCENT = 100;

  /** The loss in bits per byte of text, which does not depend on what tokens are. */
  private OptionalDouble bitsPerByte(Tally evaluation) {
    double bits = evaluation.bitsPerPrediction() * evaluation.predictions();
    return bytes.isPresent() && bytes.getAsLong() > 0
        ? OptionalDouble.of(bits / bytes.getAsLong())
        : OptionalDouble.empty();
  }

  /** All of it, without the last line's end. */
  String of(String data) {
    return loss(data)
        + answers()
        + dynamic.map(measured -> "%ndynamic evaluation: ".formatted() + loss(measured)).orElse("")
        + ngrams.map(LossText::text).orElse("");
  }

  private String loss(String data) {
    return String.format(
            Locale.ROOT,
            "%s of %s, %s: ",
            part.label(),
            data,
            Count.of(evaluation.predictions(), "token"))
        + loss(evaluation);
  }

  private String loss(Tally measured) {
    String loss =
        String.format(
            Locale.ROOT,
            "loss %.4f nats per token, perplexity %.3f, %.4f bits per token",
            measured.meanLoss(),
            measured.perplexity(),
            measured.bitsPerPrediction());
    OptionalDouble bits = bitsPerByte(measured);
    return bits.isPresent()
        ? loss + String.format(Locale.ROOT, ", %.4f bits per byte", bits.getAsDouble())
        : loss;
  }

  /** How many answers were right, where something was given. */
  private String answers() {
    return evaluation.sequences() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%naccuracy %.2f %% of the tokens, each after the right ones before it; %.2f %% of %s exact",
            PERCENT * evaluation.accuracy(),
            PERCENT * evaluation.exactShare(),
            Count.of(evaluation.sequences(), "answer"));
  }

  private static String text(NgramBaseline counted) {
    return String.format(
        Locale.ROOT,
        "%nfor comparison, on %s: unigrams %.4f nats, perplexity %.3f; bigrams %.4f nats,"
            + " perplexity %.3f",
        Count.of(counted.tokens(), "token"),
        counted.unigram(),
        Math.exp(counted.unigram()),
        counted.bigram(),
        Math.exp(counted.bigram()));
  }

  /** As fields of a JSON object. */
  void put(ObjectNode object) {
    object.put("loss", evaluation.meanLoss());
    object.put("perplexity", evaluation.perplexity());
    object.put("bits-per-token", evaluation.bitsPerPrediction());
    bitsPerByte(evaluation).ifPresent(bits -> object.put("bits-per-byte", bits));
    object.put("tokens", evaluation.predictions());
    if (evaluation.sequences() > 0) {
      object.put("accuracy", evaluation.accuracy());
      object.put("exact", evaluation.exactShare());
      object.put("sequences", evaluation.sequences());
    }
    dynamic.ifPresent(
        measured -> {
          object.put("dynamic-loss", measured.meanLoss());
          object.put("dynamic-perplexity", measured.perplexity());
          bitsPerByte(measured).ifPresent(bits -> object.put("dynamic-bits-per-byte", bits));
        });
    ngrams.ifPresent(
        counted -> {
          object.put("unigram-loss", counted.unigram());
          object.put("bigram-loss", counted.bigram());
        });
  }
}
