package io.unroll.worker.decode;

import java.util.Locale;

/**
 * A model gives logits that are NaN or +∞, so that no token can be drawn. To a search -∞ is that of
 * a forbidden token; {@link NextToken} refuses it too.
 */
public final class NonFiniteLogitsException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  NonFiniteLogitsException(int token, float logit) {
    super(
        String.format(
            Locale.ROOT, "Cannot draw a token: logit %d of the model is %s", token, logit));
  }
}
