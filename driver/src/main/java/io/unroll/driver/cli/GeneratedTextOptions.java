package io.unroll.driver.cli;

import io.unroll.dataprep.generate.Addition;
import io.unroll.dataprep.generate.Programs;
import io.unroll.dataprep.generate.Programs.Strategy;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What questions with answers are made. */
final class GeneratedTextOptions {
  @Option(
      names = "--digits",
      paramLabel = "N",
      description = "addition: most digits of a number (default: ${DEFAULT-VALUE})")
  private int digits = 4;

  @Option(
      names = "--reverse",
      description = "addition: writes the question backwards, such as 16+535=596")
  private boolean reverse;

  @Option(
      names = "--mix-lengths",
      description = {
        "addition: half of the training sums have numbers of each length, as likely; without it",
        "nearly all have the most digits"
      })
  private boolean mixLengths;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "programs: literals have up to so many digits (default: ${DEFAULT-VALUE})")
  private int length = 4;

  @Option(
      names = "--nesting",
      paramLabel = "N",
      description = "programs: operations that are composed (default: ${DEFAULT-VALUE})")
  private int nesting = 2;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = {
        "programs: what training meets, in this order: baseline (full length and nesting), naive",
        "(easy ones first), mix (all, at random), combined (naive, one in five of the mix); train",
        "with training.order dataset (default: ${DEFAULT-VALUE})"
      })
  private String strategy = "combined";

  Addition addition(long seed) {
    return new Addition(digits, reverse, mixLengths, seed);
  }

  Programs programs(long seed) {
    return new Programs(length, nesting, strategy(), seed);
  }

  private Strategy strategy() {
    return Arrays.stream(Strategy.values())
        .filter(each -> each.label().equals(strategy))
        .findFirst()
        .orElseThrow(
            () ->
                PrepSubcommand.invalid(
                    "--strategy",
                    strategy,
                    Arrays.stream(Strategy.values())
                        .map(Strategy::label)
                        .collect(Collectors.joining(", "))));
  }
}
