package io.unroll.dataprep.generate;

import io.unroll.dataprep.examples.ExampleInput;
import io.unroll.dataprep.examples.ExampleReader;
import io.unroll.dataprep.examples.Mixing;
import io.unroll.dataprep.examples.RawExample;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;

/**
 * Some of the strings of a split.
 *
 * @param first number of the first string in the split
 * @param count of the strings
 * @param seed of the split
 */
record ParityStrings(long first, long count, ParityOptions.Lengths lengths, long seed)
    implements ExampleInput {
  private static final int BITS = 64;

  @Override
  public String name() {
    return "generated strings";
  }

  @Override
  public RuntimeException unreadable(IOException cause) {
    return new UncheckedIOException(cause);
  }

  @Override
  public ExampleReader open(Configuration hadoop) {
    return new Reader(this);
  }

  /** A string is made of its own number alone. */
  private RawExample example(long number) {
    long own = Mixing.of(seed, number);
    int choices = lengths.longest() - lengths.shortest() + 1;
    int length = lengths.shortest() + Math.floorMod(Mixing.of(own, 0), choices);
    String[] symbols = new String[length];
    long bits = 0;
    long ones = 0;
    for (int x = 0; x < length; x++) {
      if (x % BITS == 0) {
        bits = Mixing.of(own, 1 + x / BITS);
      }
      long bit = (bits >>> (x % BITS)) & 1;
      ones += bit;
      symbols[x] = Long.toString(bit);
    }
    return RawExample.ofWords(number + 1, symbols, new String[] {Long.toString(ones % 2)}, "");
  }

  private static final class Reader implements ExampleReader {
    private final ParityStrings strings;
    private long done;

    Reader(ParityStrings strings) {
      this.strings = strings;
    }

    @Override
    public RawExample next() {
      return done == strings.count ? null : strings.example(strings.first + done++);
    }
  }
}
