package io.unroll.dataprep.examples;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.Vocabulary;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;

/** The examples of each split, with the labels that there are, if they have any. */
final class LabelledExamples {
  private final Map<Split, JavaRDD<RawExample>> examples;
  private final Map<Split, Corpus> corpora;
  private final ExampleSettings settings;
  private final Optional<Vocabulary> labels;

  LabelledExamples(
      Map<Split, JavaRDD<RawExample>> divided,
      Map<Split, Corpus> corpora,
      ExampleSettings settings,
      ExampleCorpora found) {
    this.examples = new EnumMap<>(divided);
    this.corpora = corpora;
    this.settings = settings;
    requireSome(Split.TRAIN, divided.get(Split.TRAIN));
    this.labels =
        settings
            .target()
            .filter(target -> target != Target.TEXT)
            .map(target -> Labels.of(divided.get(Split.TRAIN), found.labels()));
  }

  Optional<Vocabulary> labels() {
    return labels;
  }

  Map<Split, JavaRDD<RawExample>> examples() {
    return examples;
  }

  /**
   * Looks for labels that training lacks, in the other splits, and takes their examples out if they
   * may be.
   *
   * @throws DataException if they may not, or nothing is left
   */
  Map<Fault, Long> checkLabels() {
    long leftOut = 0;
    Set<String> known = new HashSet<>(labels.map(Vocabulary::tokens).orElse(List.of()));
    for (Split split : List.of(Split.VALID, Split.TEST)) {
      JavaRDD<RawExample> all = examples.get(split);
      if (all != null) {
        JavaRDD<RawExample> strange =
            all.filter(example -> !known.containsAll(Arrays.asList(example.labels())));
        long count = strange.count();
        if (count > 0 && settings.bad() == ExampleSettings.Bad.REFUSED) {
          throw refusal(split, strange, known);
        }
        leftOut += count;
        examples.put(
            split,
            count == 0
                ? all
                : all.filter(example -> known.containsAll(Arrays.asList(example.labels()))));
        requireSome(split, examples.get(split));
      }
    }
    return leftOut == 0 ? Map.of() : Map.of(Fault.OTHER_LABEL, leftOut);
  }

  private DataException refusal(Split split, JavaRDD<RawExample> strange, Set<String> known) {
    Reading.Bad first =
        strange
            .map(
                example ->
                    new Reading.Bad(
                        example.input(),
                        example.place(),
                        Fault.OTHER_LABEL,
                        message(split, example, known)))
            .takeOrdered(1)
            .get(0);
    return corpora.getOrDefault(split, corpora.get(Split.TRAIN)).refusal(first);
  }

  private static String message(Split split, RawExample example, Set<String> known) {
    String label =
        Arrays.stream(example.labels()).filter(one -> !known.contains(one)).findFirst().orElse("");
    return "its label '%s' in split %s is not among those of the training split (give more to train on, or leave such examples out with --skip-bad)"
        .formatted(label, split.label());
  }

  private static void requireSome(Split split, JavaRDD<RawExample> some) {
    if (some.isEmpty()) {
      throw new DataException(
          "Cannot prepare split %s: it would have no examples (give more, or another share)"
              .formatted(split.label()));
    }
  }
}
