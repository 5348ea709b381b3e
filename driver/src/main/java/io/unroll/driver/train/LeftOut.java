package io.unroll.driver.train;

import io.unroll.dataprep.summary.Count;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Predictions of a running text that no epoch makes: each lane cuts its share of P / lanes
 * predictions into streams of equal length, one for each sequence of its batch, and leaves out what
 * remains.
 *
 * @param predictions of the whole split
 * @param skipped of them
 * @param lanes that share them
 * @param batch sequences per lane
 */
record LeftOut(long predictions, long skipped, int lanes, int batch) {
  /** A text that loses more than this share, 1 %, deserves a warning. */
  private static final double MUCH = 0.01;

  /** Says how much it is, and with which batch or how many lanes it would be little. */
  Optional<String> warning() {
    if (isLittle(skipped)) {
      return Optional.empty();
    }
    List<String> remedies =
        Stream.of(
                remedy("training.batch", batch, smaller -> skipped(lanes, smaller)),
                remedy("averaging.lanes", lanes, fewer -> skipped(fewer, batch)))
            .flatMap(Optional::stream)
            .toList();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s of %s leave out %.0f %% of the text in every epoch%s",
            Count.of(lanes, "lane"),
            Count.of(batch, "sequence"),
            100.0 * skipped / predictions,
            remedies.isEmpty()
                ? ""
                : " (%s would leave out at most 1 %%)".formatted(String.join(" or ", remedies))));
  }

  /** The largest value below the present one that leaves out little. */
  private Optional<String> remedy(String key, int present, IntToLongFunction skippedWith) {
    return IntStream.iterate(present - 1, value -> value > 0, value -> value - 1)
        .filter(value -> isLittle(skippedWith.applyAsLong(value)))
        .mapToObj(value -> key + " " + value)
        .findFirst();
  }

  private boolean isLittle(long leftOut) {
    return leftOut <= MUCH * predictions;
  }

  /** Shares differ by one prediction at most: P mod lanes of them have one more than the others. */
  private long skipped(int ofLanes, int ofBatch) {
    long share = predictions / ofLanes;
    long larger = predictions % ofLanes;
    return larger * ((share + 1) % ofBatch) + (ofLanes - larger) * (share % ofBatch);
  }
}
