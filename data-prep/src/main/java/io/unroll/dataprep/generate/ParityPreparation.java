package io.unroll.dataprep.generate;

import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.examples.Division;
import io.unroll.dataprep.examples.ExampleCorpora;
import io.unroll.dataprep.examples.ExampleInput;
import io.unroll.dataprep.examples.ExamplePreparation;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleSettings.Bad;
import io.unroll.dataprep.examples.ExampleSettings.TokenSettings;
import io.unroll.dataprep.examples.Mixing;
import io.unroll.dataprep.source.ComparedSources;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.tokenize.CharTokenizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Parity of ones to a dataset of examples. Belongs to the Spark driver. */
public final class ParityPreparation {
  /** Strings that one task makes. */
  private static final long STRINGS_PER_TASK = 50_000;

  private final SparkSession spark;
  private final ParityOptions options;

  public ParityPreparation(SparkSession spark, ParityOptions options) {
    this.spark = spark;
    this.options = options;
  }

  /** Does all that {@link ExamplePreparation#run} does. */
  public PreparationSummary run() {
    var vocabulary = new CountedVocabulary(new CharTokenizer(1));
    var settings =
        new ExampleSettings(
            options.output(),
            Target.LABEL,
            new Division.None(),
            Bad.REFUSED,
            0,
            Optional.of(new TokenSettings(vocabulary, false, 1)));
    return new ExamplePreparation(spark, settings).run(cluster -> corpora());
  }

  private ExampleCorpora corpora() {
    Map<Split, List<ExampleInput>> inputs = new EnumMap<>(Split.class);
    options.examples().forEach((split, count) -> inputs.put(split, inputs(split, count)));
    return new ExampleCorpora(
        inputs,
        new ComparedSources(List.of(), Optional.empty(), Optional.empty()),
        0,
        Optional.of(List.of("0", "1")),
        "string",
        List.of());
  }

  private List<ExampleInput> inputs(Split split, long count) {
    List<ExampleInput> inputs = new ArrayList<>();
    long seed = Mixing.of(options.seed(), split.label());
    for (long first = 0; first < count; first += STRINGS_PER_TASK) {
      inputs.add(
          new ParityStrings(
              first,
              Math.min(STRINGS_PER_TASK, count - first),
              options.lengths().get(split),
              seed));
    }
    return inputs;
  }
}
