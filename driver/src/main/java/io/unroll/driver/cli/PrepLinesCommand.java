package io.unroll.driver.cli;

import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.lines.LineFormat;
import io.unroll.dataprep.lines.LineFormat.Form;
import io.unroll.dataprep.lines.LineSeparators;
import io.unroll.dataprep.lines.LinesPreparation;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.table.TableFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
  private static final Set<String> ROLES = Set.of("label", "text");

  @Mixin private PrepInputs inputs;

  @Mixin private TableOptions tables;

  @Option(
      names = "--separator",
      paramLabel = "NAME",
      description =
          "tab, space or comma, between label and text or between columns (default: tab; of csv:"
              + " comma)")
  private String separator;

  @Mixin private TextVocabularyOptions vocabularyOptions;

  @Mixin private CharacterOptions characters;

  @Mixin private DivisionOptions division;

  @Option(
      names = "--split-by",
      paramLabel = "NAME",
      description =
          "of tables: a column, such as an author; rows that have the same there are in the"
              + " same split")
  private String splitBy;

  @Mixin private ExampleOptions examples;

  @Override
  Function<SparkSession, PreparationSummary> preparation() {
    var settings =
        new ExampleSettings(
            target(),
            Target.LABEL,
            division.of(inputs.uris(), splitBy != null),
            examples.bad(),
            examples.longest(),
            Optional.of(characters.settings(vocabularyOptions.ofTexts())));
    Optional<Form> form = form();
    if (form.isPresent()) {
      LineFormat lines = lineFormat(form.get());
      return spark -> new LinesPreparation(spark, inputs.uris(), lines, settings).run();
    }
    requireNoSeparator();
    TableFormat table = tables.table(ROLES, since().isPresent(), splitBy).orElseThrow();
    return spark ->
        new LinesPreparation(spark, inputs.uris(), LineFormat.DEFAULT, settings).run(table);
  }

  /** What is read without Spark, so that errors have lines; empty if the inputs are tables. */
  private Optional<Form> form() {
    String format = tables.name() == null ? "lines" : tables.name();
    return switch (format) {
      case "lines" -> Optional.of(Form.LINES);
      case "csv" -> Optional.of(Form.CSV);
      case "jsonl", "json" -> Optional.of(Form.JSONL);
      case "parquet", "orc", "table" -> Optional.empty();
      default ->
          throw invalid("--format", format, "lines, csv, jsonl, json, parquet, orc or table");
    };
  }

  private LineFormat lineFormat(Form form) {
    if (form == Form.LINES) {
      tables.requireNone();
    }
    tables.requireRoles(ROLES);
    if (tables.isOrdered()) {
      throw new IllegalArgumentException(
          "Invalid --order-by: csv and json stay in the order of their lines (expected it with --format parquet, orc or table)");
    }
    if (form == Form.JSONL) {
      requireNoSeparator();
    }
    String usual = form == Form.CSV ? "comma" : "tab";
    return new LineFormat(
        form,
        LineSeparators.of(separator == null ? usual : separator),
        tables.columns().getOrDefault("label", LineFormat.DEFAULT.label()),
        tables.columns().getOrDefault("text", LineFormat.DEFAULT.text()),
        splitBy == null ? "" : splitBy);
  }

  private void requireNoSeparator() {
    if (separator != null) {
      throw invalid("--separator", separator, "none with " + tables.name());
    }
  }
}
