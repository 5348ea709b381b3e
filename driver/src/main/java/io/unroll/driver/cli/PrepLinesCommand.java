package io.unroll.driver.cli;

import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.lines.FieldRole;
import io.unroll.dataprep.lines.LineFormat;
import io.unroll.dataprep.lines.LinesPreparation;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.table.TableFormat;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Texts with labels to dataset. */
@Command(
    name = "lines",
    description = "Turns texts with a label each into a dataset, for models that label.",
    sortOptions = false,
    footer = {
      "",
      "Without --format, each line has a label, a separator and a text.",
      "Inputs are files, folders or globs, as paths or Hadoop URIs; what is packed with gzip, bzip2,",
      "xz or Zstandard is unpacked. A name that is there is taken as it is, also if it looks like a",
      "glob.",
      "See docs/formats/dataset.md."
    })
final class PrepLinesCommand extends PrepFilesCommand {
  @Mixin private PrepInputs inputs;

  @Mixin private LineFormatOptions formats;

  @Mixin private TextVocabularyOptions vocabularyOptions;

  @Mixin private CharacterOptions characters;

  @Mixin private DivisionOptions division;

  @Mixin private ExampleOptions examples;

  @Override
  Function<SparkSession, PreparationSummary> preparation() {
    var settings =
        new ExampleSettings(
            target(),
            Target.LABEL,
            division.of(inputs.uris(), formats.isKeyed()),
            examples.bad(),
            examples.longest(),
            Optional.of(characters.settings(vocabularyOptions.ofTexts())));
    Optional<LineFormat> lines = formats.lines(FieldRole.ofLabels());
    if (lines.isPresent()) {
      return spark -> new LinesPreparation(spark, inputs.uris(), lines.get(), settings).run();
    }
    TableFormat table = formats.table(FieldRole.ofLabels(), since().isPresent());
    return spark ->
        new LinesPreparation(spark, inputs.uris(), LineFormat.DEFAULT, settings).run(table);
  }
}
