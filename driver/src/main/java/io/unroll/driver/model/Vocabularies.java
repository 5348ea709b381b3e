package io.unroll.driver.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.DatasetKind;
import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.Manifest;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.worker.model.Column;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/**
 * The vocabularies of a dataset, or of a model: of tokens, of their characters, of labels. Beside a
 * model they are one file, {@code vocabulary.json}: a vocabulary of tokens alone as in a dataset,
 * several in an object of their names. {@code docs/formats/model.md} describes it.
 */
public final class Vocabularies implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String FORMAT = "unroll-vocabularies";
  private static final JsonMapper JSON = new JsonMapper();

  private final EnumMap<Column, Vocabulary> columns;

  private Vocabularies(Map<Column, Vocabulary> columns) {
    this.columns = new EnumMap<>(columns);
  }

  /** Of tokens alone. */
  public static Vocabularies of(Vocabulary tokens) {
    return new Vocabularies(Map.of(Column.TOKENS, tokens));
  }

  /** Those of a dataset. */
  public static Vocabularies of(DatasetDirectory dataset) {
    Manifest manifest = dataset.manifest();
    if (manifest.kind() != DatasetKind.EXAMPLES) {
      return of(dataset.vocabulary());
    }
    Map<Column, Vocabulary> columns = new EnumMap<>(Column.class);
    ExampleShape shape = manifest.examples().orElseThrow();
    if (shape.target() == ExampleShape.Target.TEXT) {
      columns.put(Column.TARGETS, dataset.targets());
    } else {
      columns.put(Column.LABELS, dataset.labels());
    }
    if (shape.source() == ExampleShape.Source.TOKENS) {
      columns.put(Column.TOKENS, dataset.vocabulary());
    }
    dataset.characters().ifPresent(characters -> columns.put(Column.CHARACTERS, characters));
    return new Vocabularies(columns);
  }

  /** The text of a vocabulary.json. */
  public String toJson() {
    if (columns.keySet().equals(EnumSet.of(Column.TOKENS))) {
      return tokens().toJson();
    }
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT).put("version", 1);
    try {
      for (Map.Entry<Column, Vocabulary> column : columns.entrySet()) {
        json.set(column.getKey().key(), JSON.readTree(column.getValue().toJson()));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return json.toPrettyString() + "\n";
  }

  /**
   * Reads the text of a vocabulary.json.
   *
   * @throws DataException if the text is none of a version that is known
   */
  public static Vocabularies fromJson(String text) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return of(Vocabulary.fromJson(text)); // which says what is wrong
    }
    if (json == null || !FORMAT.equals(json.path("format").asText())) {
      return of(Vocabulary.fromJson(text));
    }
    if (json.path("version").asInt() != 1) {
      throw new DataException(
          "it is of version %s (expected version 1)".formatted(json.path("version")));
    }
    Map<Column, Vocabulary> columns = new EnumMap<>(Column.class);
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      column(field.getKey())
          .ifPresent(
              column -> columns.put(column, Vocabulary.fromJson(field.getValue().toString())));
    }
    return new Vocabularies(columns);
  }

  private static Optional<Column> column(String key) {
    for (Column column : Column.values()) {
      if (column.key().equals(key)) {
        return Optional.of(column);
      }
    }
    return Optional.empty();
  }

  /**
   * One of them.
   *
   * @throws DataException if it is not there
   */
  private Vocabulary of(Column column) {
    Vocabulary vocabulary = columns.get(column);
    if (vocabulary == null) {
      throw new DataException("There is no vocabulary of " + column.key());
    }
    return vocabulary;
  }

  /**
   * Of the tokens.
   *
   * @throws DataException if no tokens are read
   */
  public Vocabulary tokens() {
    return of(Column.TOKENS);
  }

  /**
   * Of the labels.
   *
   * @throws DataException if nothing is labelled
   */
  public Vocabulary labels() {
    return of(Column.LABELS);
  }

  /** Of what is read; empty where that is vectors. */
  public Optional<Vocabulary> find(Column column) {
    return Optional.ofNullable(columns.get(column));
  }

  /** What is predicted: labels or tokens of a text where there are some, otherwise tokens. */
  public Vocabulary predicted() {
    return columns.containsKey(Column.LABELS) ? labels() : written();
  }

  /** Of what is written: tokens of a text about what is read, or of a text alone. */
  public Vocabulary written() {
    return columns.containsKey(Column.TARGETS) ? of(Column.TARGETS) : tokens();
  }

  /** Of texts: tokens that are read or, about vectors, written; empty where vectors get labels. */
  public Optional<Vocabulary> texts() {
    return find(Column.TOKENS).or(() -> find(Column.TARGETS));
  }

  /** SHA-256 of each, in hexadecimal. */
  public Map<Column, String> fingerprints() {
    Map<Column, String> fingerprints = new EnumMap<>(Column.class);
    columns.forEach((column, vocabulary) -> fingerprints.put(column, vocabulary.fingerprint()));
    return fingerprints;
  }
}
