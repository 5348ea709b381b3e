package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.driver.metric.Comparison;
import io.unroll.driver.metric.CorpusScores;
import java.util.Locale;
import java.util.Optional;

/**
 * The scores of what a model wrote about a split, for people and as JSON.
 *
 * @param compared what another model's texts reach; empty if there is none
 */
record WrittenScores(CorpusScores scores, Optional<Compared> compared) {
  /**
   * The model beside another one.
   *
   * @param model the other one, as it was given
   */
  record Compared(String model, Comparison bleu) {
    private String text() {
      return String.format(
          Locale.ROOT,
          "%ncompared   %6.2f  BLEU of %s; difference %+.2f, 95 %% interval %+.2f to %+.2f, p %.4f"
              + " (paired bootstrap)",
          bleu.other(),
          model,
          bleu.score() - bleu.other(),
          bleu.difference().low(),
          bleu.difference().high(),
          bleu.p());
    }

    private void put(ObjectNode object) {
      object.put("model", model);
      object.put("bleu", bleu.other());
      object.put("difference", bleu.score() - bleu.other());
      ResultOption.put(object, "difference-interval", bleu.difference());
      object.put("p", bleu.p());
    }
  }

  /** All of it, without the last line's end. */
  String text() {
    return new CorpusText(scores).text() + compared.map(Compared::text).orElse("");
  }

  /** As fields of a JSON object. */
  void put(ObjectNode object) {
    new CorpusText(scores).put(object);
    compared.ifPresent(other -> other.put(object.putObject("compared")));
  }
}
