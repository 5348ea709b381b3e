package io.unroll.dataprep.dataset;

import java.io.Serializable;

/**
 * What the target texts of a split add up to, tokens that begin and end them included.
 *
 * @param tokens ids in all of them
 * @param unknown how many of them are {@code <unk>}
 * @param longest most tokens of one
 */
public record TargetTexts(long tokens, long unknown, int longest) implements Serializable {
  /** That of splits whose targets are no texts. */
  public static final TargetTexts NONE = new TargetTexts(0, 0, 0);

  /** The same with one more. */
  TargetTexts plus(int textTokens, int textUnknown) {
    return new TargetTexts(
        tokens + textTokens, unknown + textUnknown, Math.max(longest, textTokens));
  }
}
