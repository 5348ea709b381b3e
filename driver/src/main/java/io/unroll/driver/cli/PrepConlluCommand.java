package io.unroll.driver.cli;

import io.unroll.dataprep.conllu.ConlluColumn;
import io.unroll.dataprep.conllu.ConlluPreparation;
import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.table.TableFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tagged sentences to dataset. */
@Command(
    name = "conllu",
    description = "Turns sentences in CoNLL-U into a dataset, for models that tag their words.",
    sortOptions = false,
    footer = {
      "",
      "Multiword ranges (8-9) and empty nodes (8.1) are passed over and counted.",
      "Inputs are files, folders or globs, as paths or Hadoop URIs; what is packed with gzip, bzip2,",
      "xz or Zstandard is unpacked.",
      "See docs/formats/dataset.md."
    })
final class PrepConlluCommand extends PrepFilesCommand {
  @Mixin private PrepInputs inputs;

  @Option(
      names = "--tags",
      paramLabel = "NAME",
      description =
          "of CoNLL-U: the column with the tags: upos, xpos, another name, or its number from 1 to"
              + " 10")
  private String tags;

  @Mixin private TableOptions tables;

  @Mixin private WordVocabularyOptions vocabularyOptions;

  @Mixin private CharacterOptions characters;

  @Mixin private DivisionOptions division;

  @Mixin private ExampleOptions examples;

  @Override
  Function<SparkSession, PreparationSummary> preparation() {
    var settings =
        new ExampleSettings(
            target(),
            Target.TAGS,
            division.of(inputs.uris(), false),
            examples.bad(),
            examples.longest(),
            Optional.of(characters.settings(vocabularyOptions.ofWords())));
    Optional<TableFormat> table = tables.table(Set.of("words", "tags"), since().isPresent(), null);
    if (table.isPresent()) {
      if (tags != null) {
        throw invalid("--tags", tags, "none with --format; --column tags=NAME chooses the column");
      }
      return spark -> ConlluPreparation.run(spark, inputs.uris(), table.get(), settings);
    }
    if (tags == null) {
      throw new IllegalArgumentException(
          "Missing --tags (expected the column with the tags: upos, xpos, another name, or its number)");
    }
    ConlluColumn column = ConlluColumn.of(tags);
    return spark -> new ConlluPreparation(spark, inputs.uris(), column, settings).run();
  }
}
