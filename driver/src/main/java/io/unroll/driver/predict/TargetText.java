package io.unroll.driver.predict;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.worker.data.Example;
import java.util.Arrays;

/** What people wrote about an example. */
public final class TargetText {
  private TargetText() {}

  /**
   * The text that its targets stand for, without the tokens that begin and end it. Tokens that the
   * vocabulary lacked are {@code <unk>}.
   *
   * @param example with a text as targets
   * @param vocabulary of the targets
   */
  public static String of(Example example, Vocabulary vocabulary) {
    int[] targets = example.targets();
    return vocabulary.decode(Arrays.copyOfRange(targets, 1, targets.length - 1));
  }
}
