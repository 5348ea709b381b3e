package io.unroll.driver.cli;

import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleSettings.TokenSettings;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.lines.FieldRole;
import io.unroll.dataprep.lines.LineFormat;
import io.unroll.dataprep.pairs.PairUris;
import io.unroll.dataprep.pairs.PairsPreparation;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.table.TableFormat;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Pairs of texts to dataset. */
@Command(
    name = "pairs",
    description = "Turns pairs of texts, such as sentences and their translations, into a dataset.",
    sortOptions = false,
    footer = {
      "",
      "With --input-target, line n of --input belongs to line n there. Without it, each line has a",
      "source, a tab and a target, or --format says what else the inputs are.",
      "Inputs are files, folders or globs, as paths or Hadoop URIs; what is packed with gzip, bzip2,",
      "xz or Zstandard is unpacked. A name that is there is taken as it is, also if it looks like a",
      "glob.",
      "See docs/formats/dataset.md."
    })
final class PrepPairsCommand extends PrepFilesCommand {
  @Mixin private PrepInputs inputs;

  @Mixin private PairTargetOptions targets;

  @Mixin private LineFormatOptions formats;

  @Mixin private TextVocabularyOptions vocabularyOptions;

  @Mixin private DivisionOptions division;

  @Mixin private PairOptions pairs;

  @Override
  Function<SparkSession, PreparationSummary> preparation() {
    Tokenizer tokenizer = vocabularyOptions.ofPairs();
    ExampleUris uris = inputs.uris();
    var settings =
        new ExampleSettings(
            target(),
            division.of(uris, formats.isKeyed()),
            pairs.bad(),
            new TokenSettings(
                pairs.vocabulary(tokenizer), false, TokenSettings.DEFAULT_CHARACTER_MIN_COUNT),
            pairs.settings(tokenizer));
    Optional<PairUris> parallel = targets.beside(uris);
    if (parallel.isPresent()) {
      formats.requireNone();
      return spark -> new PairsPreparation(spark, settings).run(parallel.get());
    }
    Optional<LineFormat> lines = formats.lines(FieldRole.ofPairs());
    if (lines.isPresent()) {
      return spark -> new PairsPreparation(spark, settings).run(uris, lines.get());
    }
    TableFormat table = formats.table(FieldRole.ofPairs(), since().isPresent());
    return spark -> new PairsPreparation(spark, settings).run(uris, table);
  }
}
