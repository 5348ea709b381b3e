package io.unroll.driver.predict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** The answers to a partition, of which some are asked for together, so that memory is bounded. */
final class Batches<T, R> implements Iterator<R> {
  private final Iterator<T> asked;
  private final int together;
  private final Function<List<T>, List<R>> answers;
  private Iterator<R> ready = Collections.emptyIterator();

  /**
   * @param together how many
   * @param answers one for each, in their order
   */
  Batches(Iterator<T> asked, int together, Function<List<T>, List<R>> answers) {
    this.asked = asked;
    this.together = together;
    this.answers = answers;
  }

  @Override
  public boolean hasNext() {
    return ready.hasNext() || asked.hasNext();
  }

  @Override
  public R next() {
    if (!ready.hasNext()) {
      List<T> some = new ArrayList<>();
      while (some.size() < together && asked.hasNext()) {
        some.add(asked.next());
      }
      ready = answers.apply(some).iterator();
    }
    return ready.next();
  }
}
