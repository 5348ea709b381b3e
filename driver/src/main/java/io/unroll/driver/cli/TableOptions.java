package io.unroll.driver.cli;

import io.unroll.dataprep.table.TableFormat;
import io.unroll.dataprep.table.TableFormat.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** What the inputs are, if they are tables that Spark reads. */
final class TableOptions {
  @Option(
      names = "--format",
      paramLabel = "NAME",
      description =
          "parquet, orc, csv (columns whose names are in the first line), json (an object in each"
              + " line) or table (--input is the name of a table of Spark's catalog); lines reads"
              + " jsonl too, which is json (default: files as said above)")
  private String format;

  @Option(
      names = "--column",
      paramLabel = "ROLE=NAME",
      description =
          "of tables: which column is what, such as label=stars (default: columns of these names:"
              + " label and text for lines, words and tags for conllu, source and target for"
              + " pairs, values and label for vectors)")
  private Map<String, String> columns = new LinkedHashMap<>();

  @Option(
      names = "--order-by",
      paramLabel = "NAME",
      description =
          "of tables: a column that puts the rows in order, with another value in each (default:"
              + " the order of files, and of the rows in them)")
  private String orderBy = "";

  /** What was asked for; null if nothing was. */
  String name() {
    return format;
  }

  /** Names of columns by what is in them, as they were given. */
  Map<String, String> columns() {
    return columns;
  }

  boolean isOrdered() {
    return !orderBy.isEmpty();
  }

  /**
   * How tables are read; empty if the inputs are none.
   *
   * @param roles what columns can be
   * @param since whether files are to be compared with those of an earlier dataset
   * @param key the column of the keys; null if there is none
   */
  Optional<TableFormat> table(Set<String> roles, boolean since, String key) {
    if (format == null) {
      requireNone();
      return Optional.empty();
    }
    Kind kind =
        Kind.of(format)
            .orElseThrow(
                () -> PrepSubcommand.invalid("--format", format, String.join(", ", Kind.labels())));
    requireRoles(roles);
    if (since && kind == Kind.TABLE) {
      throw new IllegalArgumentException(
          "Invalid --since: a table of the catalog has no files to compare (remove it, or read the table's files)");
    }
    Map<String, String> all = new LinkedHashMap<>(columns);
    if (key != null) {
      all.put(TableFormat.KEY, key);
    }
    return Optional.of(new TableFormat(kind, all, orderBy));
  }

  /** The other options have no effect on files of other formats. */
  void requireNone() {
    if (!columns.isEmpty() || isOrdered()) {
      throw PrepSubcommand.invalid(
          isOrdered() ? "--order-by" : "--column",
          isOrdered() ? orderBy : columns.entrySet().iterator().next().toString(),
          "it with --format " + String.join(", ", Kind.labels()) + " only");
    }
  }

  void requireRoles(Set<String> roles) {
    columns.forEach(
        (role, name) -> {
          if (!roles.contains(role)) {
            throw PrepSubcommand.invalid(
                "--column",
                role + "=" + name,
                String.join(" or ", roles.stream().sorted().map(own -> own + "=NAME").toList()));
          }
        });
    List<String> names = List.copyOf(columns.values());
    if (Set.copyOf(names).size() < names.size()) {
      throw PrepSubcommand.invalid(
          "--column", columns.toString(), "another column for each of them");
    }
  }
}
