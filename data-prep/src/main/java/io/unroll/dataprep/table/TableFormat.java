package io.unroll.dataprep.table;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How Spark reads tables, and which of their columns are meant.
 *
 * @param columns names of columns by what is in them, such as {@code label}; where none is given,
 *     the column has that name
 * @param orderBy name of a column by which rows are put in order; empty: files in the order of the
 *     input, rows as they lie in them
 */
public record TableFormat(Kind kind, Map<String, String> columns, String orderBy)
    implements Serializable {

  /** The role of the column by which splits are divided. */
  public static final String KEY = "key";

  /** What tables are. */
  public enum Kind {
    PARQUET,
    ORC,

    /** As in RFC 4180, with the names of the columns in the first line. */
    CSV,

    /** A JSON object in each line. */
    JSON,

    /** A table of Spark's catalog. */
    TABLE;

    /** The name on the command line, and Spark's of files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a name, if there is one. */
    public static Optional<Kind> of(String name) {
      return Arrays.stream(values()).filter(kind -> kind.label().equals(name)).findFirst();
    }

    /** The names of all. */
    public static List<String> labels() {
      return Arrays.stream(values()).map(Kind::label).toList();
    }

    /** Whether columns can have arrays. */
    boolean hasArrays() {
      return this != CSV;
    }
  }

  public TableFormat {
    Objects.requireNonNull(kind, "kind");
    columns = Map.copyOf(columns);
  }

  /** The name of the column that has something in it. */
  public String column(String role) {
    return columns.getOrDefault(role, role);
  }
}
