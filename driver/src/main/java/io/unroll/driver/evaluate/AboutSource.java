package io.unroll.driver.evaluate;

import io.unroll.driver.metric.Compared;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model wrote about a source, and what people did.
 *
 * @param group of the source, such as the id of an image, or the number of an example
 */
public record AboutSource(long group, String written, List<String> references)
    implements Serializable {
  /** Those of all parts in their order; a source that two parts are about is one. */
  static List<AboutSource> merged(List<List<AboutSource>> parts) {
    List<AboutSource> sources = new ArrayList<>();
    for (List<AboutSource> part : parts) {
      for (AboutSource next : part) {
        int last = sources.size() - 1;
        if (last >= 0 && sources.get(last).group == next.group) {
          sources.set(last, sources.get(last).with(next.references));
        } else {
          sources.add(next);
        }
      }
    }
    return sources;
  }

  /** Both texts, to be scored. */
  public Compared compared() {
    return new Compared(written, references);
  }

  private AboutSource with(List<String> more) {
    List<String> all = new ArrayList<>(references);
    all.addAll(more);
    return new AboutSource(group, written, all);
  }
}
