package io.unroll.driver.cli;

import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.counting.VocabularyChoice;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.documents.DocumentsPreparation;
import io.unroll.dataprep.examples.Division;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleSettings.TokenSettings;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.table.TableFormat;
import io.unroll.dataprep.tokenize.SequenceTokenizer;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Texts of their own instead of running text. */
final class DocumentOptions {
  /** Options that only documents have. */
  private static final Set<String> OWN = Set.of("--seed", "--longest", "--skip-bad");

  @Option(
      names = "--documents",
      description =
          "each line is a text of its own, which a model begins from a fresh state; blank lines are"
              + " passed over. So is each row of a table (--format, --column text=NAME)")
  private boolean documents;

  @Mixin private TableOptions tables;

  @Mixin private ExampleOptions examples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "of documents: of the order before they are divided by --fractions (default:"
              + " ${DEFAULT-VALUE})")
  private long seed = 1;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Whether documents are asked for. */
  boolean asked() {
    return documents || tables.name() != null;
  }

  /** Running text has none of these options. */
  void requireNone() {
    tables.requireNone();
    for (String name : OWN) {
      if (spec.commandLine().getParseResult().hasMatchedOption(name)) {
        throw new IllegalArgumentException(
            "Invalid %s: running text has none (expected it with --documents)".formatted(name));
      }
    }
  }

  /**
   * Their preparation.
   *
   * @param fractions null if none were given
   */
  Function<SparkSession, PreparationSummary> preparation(
      DatasetTarget target, ExampleUris uris, Fractions fractions, VocabularyChoice vocabulary) {
    var settings =
        new ExampleSettings(
            target,
            Optional.empty(),
            Division.of(uris, fractions, seed, false),
            examples.bad(),
            examples.longest(),
            Optional.of(new TokenSettings(ofSequences(vocabulary), false, 1)));
    Optional<TableFormat> table =
        tables.table(Set.of(DocumentsPreparation.TEXT), target.since().isPresent(), null);
    return spark -> {
      var preparation = new DocumentsPreparation(spark, uris, settings);
      return table.isPresent() ? preparation.run(table.get()) : preparation.run();
    };
  }

  private static VocabularyChoice ofSequences(VocabularyChoice vocabulary) {
    if (vocabulary instanceof CountedVocabulary counted) {
      return new CountedVocabulary(new SequenceTokenizer(counted.tokenizer()));
    }
    if (!(vocabulary.tokenizer() instanceof SequenceTokenizer)) {
      throw new IllegalArgumentException(
          "Invalid --vocabulary: its texts have no begin and end (expected that of a dataset of documents, or none)");
    }
    return vocabulary;
  }
}
