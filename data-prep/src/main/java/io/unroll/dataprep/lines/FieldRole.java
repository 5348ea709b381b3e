package io.unroll.dataprep.lines;

import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.table.ColumnType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a field of an example is. */
public enum FieldRole {
  LABEL(ColumnType.NAME, Fault.NO_LABEL),
  TEXT(ColumnType.TEXT, Fault.NO_TEXT),

  /** A text that another belongs to. */
  SOURCE(ColumnType.TEXT, Fault.NO_SOURCE),

  /** The text that belongs to it. */
  TARGET(ColumnType.TEXT, Fault.NO_TARGET);

  private final ColumnType type;
  private final Fault absent;

  FieldRole(ColumnType type, Fault absent) {
    this.type = type;
    this.absent = absent;
  }

  /** The name on the command line, and of its column where none is given. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What an example without it is. */
  Fault absent() {
    return absent;
  }

  /** What the columns of a table must hold that have fields of these roles. */
  static Map<String, ColumnType> types(List<FieldRole> roles) {
    Map<String, ColumnType> types = new LinkedHashMap<>();
    roles.forEach(role -> types.put(role.label(), role.type));
    return types;
  }

  /** The roles of labelled texts, in their order. */
  public static List<FieldRole> ofLabels() {
    return List.of(LABEL, TEXT);
  }

  /** The roles of pairs of texts, in their order. */
  public static List<FieldRole> ofPairs() {
    return List.of(SOURCE, TARGET);
  }
}
