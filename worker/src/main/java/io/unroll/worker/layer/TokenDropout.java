package io.unroll.worker.layer;

/** Puts {@link WordDropout} between the tokens of a window and whoever reads them. */
public final class TokenDropout {
  private final WordDropout words;
  private final int[] replaced;

  /** Allocates it for a largest window. */
  public TokenDropout(WordDropout words, Axis capacity) {
    this.words = words;
    this.replaced = new int[words.drops() ? capacity.rows() : 0];
  }

  /** The pass with some tokens unknown; itself if nothing is dropped. */
  public Pass apply(Pass pass) {
    if (!words.drops() || !pass.masks().active()) {
      return pass;
    }
    words.apply(pass.masks(), pass.axis().rows(), pass.tokens(), replaced);
    return pass.reading(replaced);
  }
}
