package io.unroll.dataprep.counting;

import java.util.List;

/**
 * What was appended to a vocabulary that was given.
 *
 * @param tokens in the order of their ids, with how often the training text has them; an {@code
 *     <unk>} among them has the count of all that it stands for there
 * @param leftOut tokens that occur often enough, for which the largest vocabulary left no room
 */
public record NewTokens(List<TokenCount> tokens, long leftOut) {
  static final NewTokens NONE = new NewTokens(List.of(), 0);

  private static final int MOST_SHOWN = 10;

  public NewTokens {
    tokens = List.copyOf(tokens);
  }

  /** The first ten, to show. */
  public List<TokenCount> first() {
    return tokens.subList(0, Math.min(MOST_SHOWN, tokens.size()));
  }
}
