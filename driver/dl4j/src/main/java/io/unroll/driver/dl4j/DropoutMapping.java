package io.unroll.driver.dl4j;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;

/**
 * Dropout on both sides. Ours is on what a recurrent layer sends up, theirs on what a layer gets
 * from below: the layers above the first recurrent one have it, all to the same probability, and no
 * others. Theirs is the probability of keeping, ours of zeroing a connection; computed in decimals,
 * so that 0.1 becomes 0.9 and 0.1 again.
 */
final class DropoutMapping {
  private DropoutMapping() {}

  /** Probability of zeroing a connection. */
  static double read(List<LayerCheck> checks) {
    int first = checks.get(0).layer() instanceof EmbeddingSequenceLayer ? 1 : 0;
    double dropped = dropped(checks.get(first + 1));
    for (LayerCheck check : checks) {
      double own = dropped(check);
      if (check.index() <= first) {
        check.require(
            own == 0, "dropOut", kept(own), "none, since Unroll drops nothing below this layer");
      } else {
        check.require(
            own == dropped,
            "dropOut",
            kept(own),
            String.format(Locale.ROOT, "%s, as layer %d has", kept(dropped), first + 1));
      }
    }
    return dropped;
  }

  /** Theirs for ours, or the reverse. */
  static double kept(double dropped) {
    return BigDecimal.ONE.subtract(BigDecimal.valueOf(dropped)).doubleValue();
  }

  private static double dropped(LayerCheck check) {
    IDropout dropout = check.layer().getIDropout();
    if (dropout == null) {
      return 0;
    }
    check.requireType("dropOut", dropout, "Dropout", List.of(Dropout.class));
    Dropout plain = (Dropout) dropout;
    check.require(
        plain.getPSchedule() == null, "dropOut", "one with a schedule", "one without a schedule");
    check.require(plain.getP() > 0 && plain.getP() <= 1, "dropOut", plain.getP(), "0 < p <= 1");
    return kept(plain.getP());
  }
}
