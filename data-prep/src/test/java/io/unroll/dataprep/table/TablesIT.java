package io.unroll.dataprep.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.conllu.ConlluPreparation;
import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.examples.Division;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleSettings.Bad;
import io.unroll.dataprep.examples.ExampleSettings.TokenSettings;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.examples.Prepared;
import io.unroll.dataprep.lines.LineFormat;
import io.unroll.dataprep.lines.LinesPreparation;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.table.TableFormat.Kind;
import io.unroll.dataprep.tokenize.WordTokenizer;
import io.unroll.dataprep.vectors.Scaling;
import io.unroll.dataprep.vectors.VectorTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablesIT {
  private static final TableFormat PARQUET = format(Kind.PARQUET, "");

  @TempDir private Path folder;

  private int wrong;

  private static TableFormat format(Kind kind, String orderBy) {
    return new TableFormat(kind, Map.of("label", "stars", "text", "body"), orderBy);
  }

  /** A query's rows in one file of a folder that may have others, in their order. */
  private String write(String query, Kind kind, String name) {
    rows(query).coalesce(1).write().mode("append").format(kind.label()).save(path(name));
    return path(name);
  }

  private static Dataset<Row> rows(String query) {
    return LocalSpark.session().sql(query);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private ExampleSettings settings(Target target, Division division, Bad bad, Path since) {
    var vocabulary = new CountedVocabulary(new WordTokenizer(false, 1, 0));
    return new ExampleSettings(
        new DatasetTarget(path("out"), true, Optional.ofNullable(since).map(Path::toString)),
        target,
        division,
        bad,
        0,
        Optional.of(new TokenSettings(vocabulary, false, 1)));
  }

  private PreparationSummary lines(String input, TableFormat format, Bad bad) {
    return lines(input, format, settings(Target.LABEL, new Division.None(), bad, null));
  }

  private static PreparationSummary lines(
      String input, TableFormat format, ExampleSettings settings) {
    var uris = new ExampleUris(List.of(input), List.of(), List.of());
    return new LinesPreparation(LocalSpark.session(), uris, LineFormat.DEFAULT, settings)
        .run(format);
  }

  private List<String> training() {
    return Prepared.examples(folder.resolve("out"), Split.TRAIN);
  }

  private static void refused(String message, Runnable preparation) {
    var e = assertThrows(DataException.class, preparation::run);
    assertEquals(message, e.getMessage());
  }

  /** So many that Spark reads the files in parts. */
  private static String numbered(int from, int to) {
    return "select id, cast(id %% 5 as int) as stars, concat('word', id) as body from range(%s, %s)"
        .formatted(from, to);
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc", "json"})
  void rowsStayAsTheyLieInFilesOfSortedNames(String name) throws IOException {
    Kind kind = Kind.of(name).orElseThrow();
    Path table = Files.createDirectory(folder.resolve("a table {1}"));
    for (int part = 0; part < 3; part++) {
      write(numbered(100 * part, 100 * part + 100), kind, "part" + part);
      Path file;
      try (var files = Files.list(folder.resolve("part" + part))) {
        file = files.filter(one -> one.toString().endsWith(name)).findFirst().orElseThrow();
      }
      Files.move(file, table.resolve((2 - part) + "-of [3]." + name));
    }
    LocalSpark.session().conf().set("spark.sql.files.maxPartitionBytes", 2048);
    try {
      lines(table.toString(), format(kind, ""), Bad.REFUSED);
    } finally {
      LocalSpark.session().conf().unset("spark.sql.files.maxPartitionBytes");
    }
    List<String> expected = new ArrayList<>();
    for (int part = 2; part >= 0; part--) {
      for (int x = 100 * part; x < 100 * part + 100; x++) {
        expected.add(x % 5 + ": word" + x);
      }
    }
    assertEquals(expected, training());
    assertEquals(3, Prepared.open(folder.resolve("out")).manifest().sources().size());
  }

  @Test
  void aColumnPutsRowsInOrder() {
    String shuffled = numbered(0, 30) + " order by hash(id)";
    String table = write(shuffled, Kind.PARQUET, "table");
    lines(table, format(Kind.PARQUET, "id"), Bad.REFUSED);
    List<String> byId = training();
    assertEquals("0: word0", byId.get(0));
    assertEquals("4: word29", byId.get(29));
    String texts = write("select string(id), stars, body from (" + shuffled + ")", Kind.ORC, "orc");
    lines(texts, format(Kind.ORC, "id"), Bad.REFUSED); // texts that are numbers
    assertEquals(byId, training());
    lines(texts, format(Kind.ORC, "body"), Bad.REFUSED); // word0, word1, word10
    assertEquals("0: word10", training().get(2));
  }

  @Test
  void whatPutsRowsInOrderMustBeThereAndDiffer() {
    String table = write(numbered(0, 30), Kind.PARQUET, "table");
    refused(
        "Cannot read %s: its column 'stars' is 0 in 6 of its rows (expected another value in each, to put them in order by --order-by)"
            .formatted(table),
        () -> lines(table, format(Kind.PARQUET, "stars"), Bad.REFUSED));
    String nulls =
        write("select nullif(id, 3) as id, 1 as stars, 'a' as body from range(9)", Kind.ORC, "orc");
    refused(
        "Cannot read %s: its column 'id' is null in 1 of its rows (expected a value in each, to put them in order by --order-by)"
            .formatted(nulls),
        () -> lines(nulls, format(Kind.ORC, "id"), Bad.REFUSED));
    refused(
        "Cannot read %s: it has no column 'time' (its columns are id, stars, body; choose one with --order-by NAME)"
            .formatted(table),
        () -> lines(table, format(Kind.PARQUET, "time"), Bad.REFUSED));
  }

  @Test
  void aTableOfTheCatalogHasAnOrderThatDoesNotDependOnChance() {
    var spark = LocalSpark.session();
    List<String> first = null;
    for (String by : List.of("hash(id)", "id desc")) {
      rows(numbered(0, 40) + " order by " + by).repartition(3).createOrReplaceTempView("reviews");
      lines("reviews", format(Kind.TABLE, ""), Bad.REFUSED);
      first = first == null ? training() : first;
      assertEquals(first, training());
    }
    assertEquals(40, first.size());
    refused(
        "Cannot read the table none: Spark's catalog has none of that name",
        () -> lines("none", format(Kind.TABLE, ""), Bad.REFUSED));
    spark.catalog().dropTempView("reviews");
  }

  @Test
  void columnsAreThereAndOfTheirTypes() {
    String table =
        write("select 1.5D as stars, 'a' as body, array('a') as words", Kind.PARQUET, "table");
    refused(
        "Cannot read %s: it has no column 'label' (its columns are stars, body, words; choose one with --column label=NAME)"
            .formatted(table),
        () -> lines(table, new TableFormat(Kind.PARQUET, Map.of(), ""), Bad.REFUSED));
    refused(
        "Cannot read %s: its column 'stars' is of type double (expected string, boolean or whole numbers)"
            .formatted(table),
        () -> lines(table, PARQUET, Bad.REFUSED));
    refused(
        "Cannot read %s: its column 'words' is of type array<string> (expected string)"
            .formatted(table),
        () ->
            lines(
                table,
                new TableFormat(Kind.PARQUET, Map.of("label", "body", "text", "words"), ""),
                Bad.REFUSED));
  }

  @Test
  void rowsThatCannotBeUsedAreNamedOrLeftOut() throws IOException {
    write(numbered(0, 3), Kind.PARQUET, "table");
    write(
        "select id, if(id = 1, null, 7) as stars, if(id = 2, null, 'b') as body from range(4)",
        Kind.PARQUET,
        "more");
    try (var files = Files.list(folder.resolve("more"))) {
      Path file = files.filter(one -> one.toString().endsWith("parquet")).findFirst().orElseThrow();
      Files.move(file, folder.resolve("table/zz.parquet"));
    }
    refused(
        "Cannot read file:%s/zz.parquet, row 2: its column 'stars' is null (--skip-bad leaves such rows out)"
            .formatted(path("table")),
        () -> lines(path("table"), PARQUET, Bad.REFUSED));
    PreparationSummary summary = lines(path("table"), PARQUET, Bad.LEFT_OUT);
    assertEquals(5, training().size());
    assertTrue(
        summary.notes().contains("2 examples left out: 1 without a label, 1 without text"),
        summary.notes()::toString);
  }

  @Test
  void filesOfOtherFormatsAndTablesWithoutRowsAreRefused() throws IOException {
    String text = Files.writeString(folder.resolve("text"), "1\ta\n").toString();
    refused(
        "Cannot read file:%s: it is not a Parquet file (--format says what the inputs are)"
            .formatted(text),
        () -> lines(text, PARQUET, Bad.REFUSED));
    refused(
        "Cannot read file:%s: it is not an ORC file (--format says what the inputs are)"
            .formatted(text),
        () -> lines(text, format(Kind.ORC, ""), Bad.REFUSED));
    refused(
        "Cannot read file:%s: it has no JSON objects (expected one in each line; --format says what the inputs are)"
            .formatted(text),
        () -> lines(text, format(Kind.JSON, ""), Bad.REFUSED));
    String empty = write(numbered(0, 3) + " where id > 5", Kind.PARQUET, "empty");
    refused(
        "Cannot read %s: it has no rows".formatted(empty),
        () -> lines(empty, PARQUET, Bad.REFUSED));
  }

  @Test
  void filesAreComparedWithThoseOfAnEarlierDataset() {
    write(numbered(0, 5), Kind.PARQUET, "table");
    lines(path("table"), PARQUET, Bad.REFUSED);
    write(numbered(5, 9), Kind.PARQUET, "table");
    PreparationSummary summary =
        lines(
            path("table"),
            PARQUET,
            settings(Target.LABEL, new Division.None(), Bad.REFUSED, folder.resolve("out")));
    assertEquals(1, summary.manifest().since().orElseThrow().added().size());
  }

  @Test
  void keysStayTogether() {
    String table =
        write(
            "select concat('a', id % 7) as author, int(id % 2) as stars, concat('a', id % 7) as body from range(70)",
            Kind.PARQUET, "table");
    var format =
        new TableFormat(
            Kind.PARQUET, Map.of("label", "stars", "text", "body", "key", "author"), "");
    var fractions = new Fractions(.5, .5, 0);
    lines(
        table, format, settings(Target.LABEL, new Division.Keyed(fractions, 1), Bad.REFUSED, null));
    var authors = training().stream().map(example -> example.substring(3)).distinct().toList();
    var others =
        Prepared.examples(folder.resolve("out"), Split.VALID).stream()
            .map(example -> example.substring(3))
            .distinct()
            .toList();
    assertTrue(Collections.disjoint(authors, others), () -> authors + " and " + others);
  }

  @Test
  void wordsAndTagsAreArrays() {
    String table =
        write(
            "select array('the', 'dog') as w, array('DET', 'NOUN') as t union all select array('a b'), array('X')",
            Kind.JSON,
            "table");
    tagged(table, Bad.REFUSED);
    assertEquals(List.of("DET NOUN: the dog", "X: a_b"), training());
    String wrong =
        write(
            "select array('the', 'dog') as w, array('DET', '_') as t union all select array('a'), array('X', 'Y')",
            Kind.PARQUET,
            "wrong");
    var e = assertThrows(DataException.class, () -> tagged(wrong, Bad.REFUSED));
    assertTrue(
        e.getMessage()
            .endsWith(
                ", row 1: its word 'dog' has no tag in column 't' (choose another column with --column tags=NAME, or leave such sentences out with --skip-bad)"),
        e.getMessage());
  }

  private void tagged(String table, Bad bad) {
    Kind kind = table.endsWith("wrong") ? Kind.PARQUET : Kind.JSON;
    ConlluPreparation.run(
        LocalSpark.session(),
        new ExampleUris(List.of(table), List.of(), List.of()),
        new TableFormat(kind, Map.of("words", "w", "tags", "t"), ""),
        settings(Target.TAGS, new Division.None(), bad, null));
  }

  private void vectors(String table) {
    new VectorTables(
            LocalSpark.session(),
            new ExampleUris(List.of(table), List.of(), List.of()),
            new TableFormat(Kind.PARQUET, Map.of(), ""),
            new Scaling(true, .5, 2),
            settings(Target.LABEL, new Division.None(), Bad.REFUSED, null))
        .run();
  }

  @Test
  void vectorsAreArraysOrArraysOfArrays() {
    vectors(
        write(
            "select array(0.5D, 1.5D) as values, 3 as label union all select array(2.5D, 3.5D), 4",
            Kind.PARQUET,
            "flat"));
    var dataset = Prepared.open(folder.resolve("out"));
    assertEquals(
        ExampleShape.ofVectors(2, Target.LABEL), dataset.manifest().examples().orElseThrow());
    assertArrayEquals(
        new float[] {1, 1.5f}, Prepared.rows(dataset, Split.TRAIN).get(1).getValues());
    vectors(
        write(
            "select array(array(1f, 2f), array(3f, 4f)) as values, array('a', 'b') as label",
            Kind.PARQUET,
            "nested"));
    dataset = Prepared.open(folder.resolve("out"));
    assertEquals(
        ExampleShape.ofVectors(2, Target.TAGS), dataset.manifest().examples().orElseThrow());
    assertArrayEquals(
        new float[] {.25f, .75f, 1.25f, 1.75f},
        Prepared.rows(dataset, Split.TRAIN).get(0).getValues());
  }

  @Test
  void numbersThatAreNoneAreNamed() {
    assertVector("array(double('NaN'), 1D)", "number 1 of its vector 1 is NaN (expected a finite");
    assertVector("array(1D, null)", "number 2 of its vector 1 is null (expected a finite one)");
    assertVector("array(1D)", "its vector 1 has 1 numbers (expected 2, as the first one of the ta");
    assertVector("null", "its column 'values' is null (--skip-bad leaves such rows out)");
    assertVector("array()", "it has no numbers (mend it, or leave such rows out with --skip-bad)");
  }

  private void assertVector(String values, String reason) {
    String table =
        write(
            "select array(1D, 2D) as values, 3 as label union all select %s, 4".formatted(values),
            Kind.PARQUET,
            "wrong" + wrong++);
    var e = assertThrows(DataException.class, () -> vectors(table));
    assertTrue(e.getMessage().contains(", row 2: " + reason), e.getMessage());
  }
}
