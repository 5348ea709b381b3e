package io.unroll.dataprep.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.DatasetKind;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.examples.Division;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleSettings.Bad;
import io.unroll.dataprep.examples.ExampleSettings.TokenSettings;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.table.TableFormat;
import io.unroll.dataprep.tokenize.SequenceTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
import io.unroll.dataprep.tokenize.WordTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsPreparationIT {
  private static final int COUNT = 50;

  private final SparkSession spark = LocalSpark.session();
  @TempDir private Path folder;

  private DocumentsPreparation preparation(Path input, Division division, Bad bad) {
    var vocabulary = new CountedVocabulary(new SequenceTokenizer(new WordTokenizer(true, 1, 0)));
    return new DocumentsPreparation(
        spark,
        new ExampleUris(List.of(input.toString()), List.of(), List.of()),
        new ExampleSettings(
            new DatasetTarget(folder.resolve("out").toString(), true),
            Optional.empty(),
            division,
            bad,
            0,
            Optional.of(new TokenSettings(vocabulary, false, 1))));
  }

  private Path lines() throws IOException {
    List<String> lines =
        IntStream.range(0, COUNT).mapToObj(x -> "Document " + x + " ends here").toList();
    return Files.writeString(folder.resolve("documents.txt"), String.join("\n\n", lines));
  }

  private List<String> texts(Split split) {
    DatasetDirectory dataset =
        DatasetDirectory.open(
            folder.resolve("out").toString(), spark.sessionState().newHadoopConf());
    assertEquals(DatasetKind.SEQUENCES, dataset.manifest().kind());
    dataset.verify(spark, split);
    Vocabulary vocabulary = dataset.vocabulary();
    List<String> texts = new ArrayList<>();
    for (Row row : dataset.rows(spark, split).sort("id").collectAsList()) {
      int[] tokens = row.<Integer>getList(2).stream().mapToInt(Integer::intValue).toArray();
      assertEquals(0, row.getLong(1));
      assertEquals(Tokenizer.BEGIN, vocabulary.token(tokens[0]));
      assertEquals(Tokenizer.END, vocabulary.token(tokens[tokens.length - 1]));
      texts.add(vocabulary.decode(tokens));
    }
    return texts;
  }

  @Test
  void eachLineIsADocument() throws IOException {
    preparation(lines(), new Division.None(), Bad.REFUSED).run();
    List<String> texts = texts(Split.TRAIN);
    assertEquals(COUNT, texts.size());
    assertEquals("document 7 ends here", texts.get(7));
  }

  @Test
  void documentsAreShuffledAndDividedWhole() throws IOException {
    preparation(lines(), new Division.Shuffled(new Fractions(0.8, 0.2, 0), 1), Bad.REFUSED).run();
    List<String> training = texts(Split.TRAIN);
    List<String> validation = texts(Split.VALID);
    assertEquals(COUNT, training.size() + validation.size());
    assertTrue(validation.size() >= 5, validation.toString());
    assertTrue(validation.stream().noneMatch(training::contains));
    assertFalse(training.get(0).equals("document 0 ends here") && training.get(1).contains(" 1 "));
  }

  @Test
  void eachRowOfATableIsADocument() throws IOException {
    Path table =
        Files.writeString(folder.resolve("t.csv"), "id,body\n1,\"one, two\"\n2,\n3,three\n");
    var format = new TableFormat(TableFormat.Kind.CSV, Map.of("text", "body"), "");
    var e =
        assertThrows(
            DataException.class,
            () -> preparation(table, new Division.None(), Bad.REFUSED).run(format));
    assertTrue(e.getMessage().contains("row 2: "), e.getMessage());
    var summary = preparation(table, new Division.None(), Bad.LEFT_OUT).run(format);
    assertEquals(List.of("one, two", "three"), texts(Split.TRAIN));
    assertTrue(summary.text().contains("without text"), summary.text());
  }

  @Test
  void aVocabularyWithoutEndsIsRefused() throws IOException {
    var settings =
        new ExampleSettings(
            new DatasetTarget(folder.resolve("out").toString(), false),
            Optional.empty(),
            new Division.None(),
            Bad.REFUSED,
            0,
            Optional.of(
                new TokenSettings(new CountedVocabulary(new WordTokenizer(true, 1, 0)), false, 1)));
    var uris = new ExampleUris(List.of("x"), List.of(), List.of());
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> new DocumentsPreparation(spark, uris, settings));
    assertTrue(e.getMessage().startsWith("Invalid tokenizer: word "), e.getMessage());
  }
}
