package io.unroll.dataprep.text;

import io.unroll.dataprep.tokenize.Cutter;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import scala.Tuple2;

/**
 * Tokens of some ranges with how often they occur, summed up as far as memory should allow: a token
 * may come several times.
 */
final class Frequencies implements Iterator<Tuple2<String, Long>> {
  private static final int MOST_TOKENS_HELD = 1 << 18;

  private final Iterator<TokenRange> ranges;
  private final Cutter cutter;
  private final Configuration hadoop;
  private Iterator<Map.Entry<String, long[]>> held = Collections.emptyIterator();
  private PartTokens stream;
  private long left;

  Frequencies(Iterator<TokenRange> ranges, Cutter cutter, Configuration hadoop) {
    this.ranges = ranges;
    this.cutter = cutter;
    this.hadoop = hadoop;
  }

  @Override
  public boolean hasNext() {
    if (!held.hasNext()) {
      held = countSome().entrySet().iterator();
    }
    return held.hasNext();
  }

  @Override
  public Tuple2<String, Long> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Map.Entry<String, long[]> entry = held.next();
    return new Tuple2<>(entry.getKey(), entry.getValue()[0]);
  }

  /** Counts on until enough different tokens are held, or nothing is left. */
  private Map<String, long[]> countSome() {
    Map<String, long[]> counts = new HashMap<>();
    while (counts.size() < MOST_TOKENS_HELD && open()) {
      String token = stream.next();
      if (token == null || --left == 0) {
        stream.close();
        stream = null;
      }
      if (token != null) {
        counts.computeIfAbsent(token, t -> new long[1])[0]++;
      }
    }
    return counts;
  }

  private boolean open() {
    if (stream == null && ranges.hasNext()) {
      TokenRange range = ranges.next();
      stream = PartTokens.inTask(range.part(), cutter, hadoop);
      stream.skip(range.skipped());
      left = range.length();
    }
    return stream != null;
  }
}
