package io.unroll.driver.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.driver.run.DamagedException;
import io.unroll.driver.run.StrictJson;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The comparison of a model with the champion. Losses are in nats per token.
 *
 * @param on what both were measured on
 * @param by how much lower the model's loss had to be, at least 0
 * @param loss of the model, finite
 * @param champion version of the champion; empty if there was none
 * @param championLoss its loss; empty if there was no champion, or if its loss was not finite
 */
public record Judgement(
    HeldOut on, double by, double loss, OptionalInt champion, OptionalDouble championLoss) {

  /**
   * Whether the model is better by as much as it had to be, or there is nothing to compare with.
   */
  public boolean isBetter() {
    if (championLoss.isEmpty()) {
      return true;
    }
    double other = championLoss.getAsDouble();
    return loss <= other - by && loss < other; // the latter matters where by is 0, or nearly
  }

  void put(ObjectNode json) {
    json.put("data", on.data());
    json.put("fingerprint", on.fingerprint());
    json.put("split", on.split());
    json.put("by", by);
    json.put("loss", loss);
    Json.put(json, "champion", champion);
    Json.put(json, "champion-loss", championLoss);
  }

  static Judgement from(StrictJson json) throws DamagedException {
    json.withKeys(
        Set.of("data", "fingerprint", "split", "by", "loss", "champion", "champion-loss"));
    return new Judgement(
        new HeldOut(json.text("data"), json.text("fingerprint"), json.text("split")),
        json.number("by"),
        json.number("loss"),
        json.isNull("champion") ? OptionalInt.empty() : OptionalInt.of(json.positive("champion")),
        json.isNull("champion-loss")
            ? OptionalDouble.empty()
            : OptionalDouble.of(json.number("champion-loss")));
  }
}
