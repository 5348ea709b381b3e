package io.unroll.driver.cli;

import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.lines.LineFormat;
import io.unroll.dataprep.lines.LineFormat.Form;
import io.unroll.dataprep.lines.LineSeparators;
import io.unroll.dataprep.lines.LinesPreparation;
import io.unroll.dataprep.summary.PreparationSummary;
import java.util.LinkedHashMap;
import java.util.Map;
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
      "Inputs are files, folders or globs, as paths or Hadoop URIs; what is packed with gzip, bzip2,",
      "xz or Zstandard is unpacked. A name that is there is taken as it is, also if it looks like a",
      "glob.",
      "See docs/formats/dataset.md."
    })
final class PrepLinesCommand extends PrepFilesCommand {
  @Mixin private PrepInputs inputs;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description =
          "lines (a label, a separator, a text), csv (columns whose names are in the first line) or"
              + " jsonl (a JSON object in each line) (default: ${DEFAULT-VALUE})")
  private String format = "lines";

  @Option(
      names = "--separator",
      paramLabel = "NAME",
      description =
          "tab, space or comma, between label and text or between columns (default: tab; of csv:"
              + " comma)")
  private String separator;

  @Option(
      names = "--column",
      paramLabel = "ROLE=NAME",
      description =
          "of csv and jsonl: which column is the label, and which the text, such as label=stars")
  private Map<String, String> columns = new LinkedHashMap<>();

  @Mixin private TextVocabularyOptions vocabularyOptions;

  @Mixin private CharacterOptions characters;

  @Mixin private DivisionOptions division;

  @Option(
      names = "--split-by",
      paramLabel = "NAME",
      description =
          "of csv and jsonl: a column, such as an author; rows that have the same there are in the"
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
    LineFormat lines = lineFormat();
    return spark -> new LinesPreparation(spark, inputs.uris(), lines, settings).run();
  }

  private LineFormat lineFormat() {
    Form form =
        switch (format) {
          case "lines" -> Form.LINES;
          case "csv" -> Form.CSV;
          case "jsonl" -> Form.JSONL;
          default -> throw invalid("--format", format, "lines, csv or jsonl");
        };
    for (String role : columns.keySet()) {
      if (form == Form.LINES || !Set.of("label", "text").contains(role)) {
        throw invalid(
            "--column", role + "=" + columns.get(role), "label=NAME or text=NAME, of csv or jsonl");
      }
    }
    if (separator != null && form == Form.JSONL) {
      throw invalid("--separator", separator, "none with jsonl");
    }
    String usual = form == Form.CSV ? "comma" : "tab";
    return new LineFormat(
        form,
        LineSeparators.of(separator == null ? usual : separator),
        columns.getOrDefault("label", LineFormat.DEFAULT.label()),
        columns.getOrDefault("text", LineFormat.DEFAULT.text()),
        splitBy == null ? "" : splitBy);
  }
}
