package io.unroll.driver.cli;

import io.unroll.dataprep.lines.FieldRole;
import io.unroll.dataprep.lines.LineFormat;
import io.unroll.dataprep.lines.LineFormat.Form;
import io.unroll.dataprep.lines.LineSeparators;
import io.unroll.dataprep.table.TableFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How examples of two fields are written: in lines, in records, or in tables. */
final class LineFormatOptions {
  @Mixin private TableOptions tables;

  @Option(
      names = "--separator",
      paramLabel = "NAME",
      description =
          "tab, space or comma, between the two in a line or between columns (default: tab; of"
              + " csv: comma)")
  private String separator;

  @Option(
      names = "--split-by",
      paramLabel = "NAME",
      description =
          "of tables: a column, such as an author; rows that have the same there are in the"
              + " same split")
  private String splitBy;

  /** Whether splits are divided by keys. */
  boolean isKeyed() {
    return splitBy != null;
  }

  /** What is read without Spark, so that errors have lines; empty if the inputs are tables. */
  Optional<LineFormat> lines(List<FieldRole> roles) {
    return form().map(form -> lines(form, roles));
  }

  private Optional<Form> form() {
    String format = tables.name() == null ? "lines" : tables.name();
    return switch (format) {
      case "lines" -> Optional.of(Form.LINES);
      case "csv" -> Optional.of(Form.CSV);
      case "jsonl", "json" -> Optional.of(Form.JSONL);
      case "parquet", "orc", "table" -> Optional.empty();
      default ->
          throw PrepSubcommand.invalid(
              "--format", format, "lines, csv, jsonl, json, parquet, orc or table");
    };
  }

  private LineFormat lines(Form form, List<FieldRole> roles) {
    if (form == Form.LINES) {
      tables.requireNone();
    }
    tables.requireRoles(names(roles));
    if (tables.isOrdered()) {
      throw new IllegalArgumentException(
          "Invalid --order-by: csv and json stay in the order of their lines (expected it with --format parquet, orc or table)");
    }
    if (form == Form.JSONL) {
      requireNoSeparator();
    }
    String usual = form == Form.CSV ? "comma" : "tab";
    return LineFormat.of(
        form,
        LineSeparators.of(separator == null ? usual : separator),
        roles,
        tables.columns(),
        splitBy == null ? "" : splitBy);
  }

  private static Set<String> names(List<FieldRole> roles) {
    return roles.stream().map(FieldRole::label).collect(Collectors.toSet());
  }

  /** How tables are read: what {@link #lines} does not read. */
  TableFormat table(List<FieldRole> roles, boolean since) {
    requireNoSeparator();
    return tables.table(names(roles), since, splitBy).orElseThrow();
  }

  /** Files of which each line is a text have no format besides. */
  void requireNone() {
    if (tables.name() != null || isKeyed()) {
      throw new IllegalArgumentException(
          "Invalid --format or --split-by: with --input-target, each line is a text (expected none of them)");
    }
    tables.requireNone();
    if (separator != null) {
      throw PrepSubcommand.invalid("--separator", separator, "none with --input-target");
    }
  }

  private void requireNoSeparator() {
    if (separator != null) {
      throw PrepSubcommand.invalid("--separator", separator, "none with " + tables.name());
    }
  }
}
