package io.unroll.bench.dl4j;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.DoublePredicate;
import java.util.function.LongSupplier;

/**
 * Tokens trained on in a stretch of time.
 *
 * @param tokens number of tokens
 * @param seconds time of the calls of fit
 * @param cpuSeconds processor time of the whole process meanwhile: far below seconds times cores
 *     where other processes took the cores away, and the measurement is worth little
 */
record Measurement(long tokens, double seconds, double cpuSeconds) {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** Fits at least once, and until that many seconds have passed. */
  static Measurement ofSeconds(LongSupplier fit, double least) {
    return of(fit, Integer.MAX_VALUE, seconds -> seconds < least);
  }

  /** Fits that often. */
  static Measurement ofEpochs(LongSupplier fit, int epochs) {
    return of(fit, epochs, seconds -> true);
  }

  private static Measurement of(LongSupplier fit, int fits, DoublePredicate goOn) {
    long begin = System.nanoTime();
    long cpuBegin = SYSTEM.getProcessCpuTime();
    long tokens = 0;
    double seconds = 0;
    for (int done = 0; done == 0 || (done < fits && goOn.test(seconds)); done++) {
      tokens += fit.getAsLong();
      seconds = (System.nanoTime() - begin) / 1e9;
    }
    return new Measurement(tokens, seconds, (SYSTEM.getProcessCpuTime() - cpuBegin) / 1e9);
  }

  double tokensPerSecond() {
    return tokens / seconds;
  }
}
