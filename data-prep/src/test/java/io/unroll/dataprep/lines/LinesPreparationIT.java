package io.unroll.dataprep.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.ExampleRow;
import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.examples.Division;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleSettings.Bad;
import io.unroll.dataprep.examples.ExampleSettings.TokenSettings;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.examples.Prepared;
import io.unroll.dataprep.lines.LineFormat.Form;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinesPreparationIT {
  private static final LineFormat CSV =
      LineFormat.of(
          Form.CSV, ',', FieldRole.ofLabels(), Map.of("label", "stars", "text", "body"), "author");
  private static final LineFormat JSONL =
      LineFormat.of(Form.JSONL, ',', FieldRole.ofLabels(), Map.of(), "");

  @TempDir private Path folder;

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private PreparationSummary prepare(
      ExampleUris uris, LineFormat format, Division division, Bad bad, int longest) {
    var vocabulary = new CountedVocabulary(Tokenizer.of("word-punctuation", true, 1, 0));
    var settings =
        new ExampleSettings(
            new DatasetTarget(folder.resolve("out").toString(), true),
            ExampleShape.Target.LABEL,
            division,
            bad,
            longest,
            Optional.of(new TokenSettings(vocabulary, true, 1)));
    return new LinesPreparation(LocalSpark.session(), uris, format, settings).run();
  }

  private PreparationSummary prepare(String input, LineFormat format, Bad bad) {
    return prepare(
        new ExampleUris(List.of(input), List.of(), List.of()), format, new Division.None(), bad, 0);
  }

  private List<String> examples(Split split) {
    return Prepared.examples(folder.resolve("out"), split);
  }

  @Test
  void keepsTheOrderOfTheInputsAndTheCharactersAsTheyAreWritten() throws IOException {
    String train =
        write("train.tsv", "\uFEFFgood\tA Fine, film.\r\nbad\tNot  a film\n\ngood\tA a\n");
    String valid = write("valid.tsv", "bad\tfine awful");
    PreparationSummary summary =
        prepare(
            new ExampleUris(List.of(train), List.of(valid), List.of()),
            LineFormat.DEFAULT,
            new Division.None(),
            Bad.REFUSED,
            0);
    assertEquals(
        List.of("good: a fine , film .", "bad: not a film", "good: a a"), examples(Split.TRAIN));
    assertEquals(List.of("bad: fine <unk>"), examples(Split.VALID));
    DatasetDirectory dataset = Prepared.open(folder.resolve("out"));
    assertEquals(List.of("bad", "good"), dataset.labels().tokens());
    ExampleRow first = Prepared.rows(dataset, Split.TRAIN).get(0);
    assertEquals("AFine,film.", dataset.characters().orElseThrow().decode(first.getCharacters()));
    assertEquals(5, first.getWordLengths().length);
    // <unk>, <eos>, a, film; the others occur once.
    assertEquals(4, dataset.manifest().examples().orElseThrow().rareFrom());
    assertEquals(Map.of("bad", 1L, "good", 2L), dataset.manifest().content(Split.TRAIN).targets());
    String text = summary.text();
    assertTrue(text.contains("tokens with a label, 2 labels, 15 characters"), text);
    assertTrue(
        text.contains("3 examples, 10 tokens, 0 unknown (0.0000 %), 3.3 in the mean, longest 5\n"),
        text);
    assertTrue(text.contains("'bad' 1, 'good' 2\n"), text);
  }

  private String sorted(int examples) throws IOException {
    var text = new StringBuilder();
    for (int x = 0; x < examples; x++) {
      text.append(x < examples / 2 ? "0\t" : "1\t").append("number ").append(x).append('\n');
    }
    return write("sorted.tsv", text.toString());
  }

  @Test
  void aFileThatIsSortedByLabelIsDividedFairlyAndBySeedAlone() throws IOException {
    ExampleUris uris = new ExampleUris(List.of(sorted(200)), List.of(), List.of());
    var shuffled = new Division.Shuffled(new Fractions(.7, .1, .2), 1);
    prepare(uris, LineFormat.DEFAULT, shuffled, Bad.REFUSED, 0);
    var content = Prepared.open(folder.resolve("out")).manifest();
    assertEquals(140, content.content(Split.TRAIN).rows());
    assertEquals(20, content.content(Split.VALID).rows());
    assertEquals(40, content.content(Split.TEST).rows());
    content
        .content(Split.VALID)
        .targets()
        .forEach((label, count) -> assertTrue(count >= 5, label + " " + count));
    assertEquals(40, examples(Split.TEST).size());
    String first = content.contentFingerprint();
    prepare(uris, LineFormat.DEFAULT, shuffled, Bad.REFUSED, 0);
    assertEquals(first, Prepared.open(folder.resolve("out")).manifest().contentFingerprint());
  }

  @Test
  void examplesOfAKeyAreInOneSplit() throws IOException {
    var text = new StringBuilder("author,stars,body\n");
    for (int x = 0; x < 120; x++) {
      String writer = "x".repeat(1 + x % 20);
      text.append("%s,%s,by %s\n".formatted(writer, x / 20 % 2, writer));
    }
    prepare(
        new ExampleUris(List.of(write("a.csv", text.toString())), List.of(), List.of()),
        CSV,
        new Division.Keyed(new Fractions(.5, .25, .25), 1),
        Bad.REFUSED,
        0);
    Map<Integer, Split> splits = new HashMap<>();
    int examples = 0;
    DatasetDirectory dataset = Prepared.open(folder.resolve("out"));
    for (Split split : Split.values()) {
      for (ExampleRow row : Prepared.rows(dataset, split)) {
        // The length tells the writers of words that are unknown.
        int writer = row.getWordLengths()[1];
        assertEquals(split, splits.computeIfAbsent(writer, key -> split));
        examples++;
      }
    }
    assertEquals(120, examples);
    assertEquals(20, splits.size());
  }

  @Test
  void readsQuotedRecordsAndObjects() throws IOException {
    String csv = "author,body,stars\na,\"He said \"\"no\"\",\ntwice\",1\nb,plain,2\n";
    prepare(write("a.csv", csv), CSV, Bad.REFUSED);
    assertEquals(List.of("1: he said \" no \" ,\ntwice", "2: plain"), examples(Split.TRAIN));
    String json = "{\"text\": \"A \\u00e4\", \"label\": 3}\n{\"label\": true, \"text\": \"b\"}\n";
    prepare(write("a.jsonl", json), JSONL, Bad.REFUSED);
    assertEquals(List.of("3: a ä", "true: b"), examples(Split.TRAIN));
  }

  @Test
  void whatIsBadIsRefusedOrCounted() throws IOException {
    String input = write("a.tsv", "1\tone\n2\ttwo\nnothing\n1\t \n\tx\n2\tlast of these\n");
    String valid = write("v.tsv", "1\tone\n3\tthree\n");
    var e =
        assertThrows(DataException.class, () -> prepare(input, LineFormat.DEFAULT, Bad.REFUSED));
    assertTrue(
        e.getMessage()
            .startsWith(
                "Cannot read file:%s, line 3: it has no tab between label and text (expected a label, a tab and a text;"
                    .formatted(input)),
        e.getMessage());
    assertFalse(Files.exists(folder.resolve("out")), "nothing may be written");
    PreparationSummary summary =
        prepare(
            new ExampleUris(List.of(input), List.of(valid), List.of()),
            LineFormat.DEFAULT,
            new Division.None(),
            Bad.LEFT_OUT,
            2);
    assertEquals(List.of("1: one", "2: two", "2: last of"), examples(Split.TRAIN));
    assertEquals(List.of("1: one"), examples(Split.VALID));
    assertTrue(
        summary
            .notes()
            .contains(
                "4 examples left out: 2 without a label, 1 without text, 1 with a label that training lacks"),
        summary.notes()::toString);
    assertTrue(
        summary.notes().contains("1 example shortened to 2 steps (--longest)"),
        summary.notes()::toString);
  }

  @Test
  void aLabelThatTrainingLacksIsTold() throws IOException {
    String train = write("t.tsv", "1\tone\n2\ttwo\n");
    String valid = write("v.tsv", "1\tone\n3\tthree\n");
    var uris = new ExampleUris(List.of(train), List.of(valid), List.of());
    var e =
        assertThrows(
            DataException.class,
            () -> prepare(uris, LineFormat.DEFAULT, new Division.None(), Bad.REFUSED, 0));
    assertEquals(
        "Cannot read file:%s, line 2: its label '3' in split valid is not among those of the training split (give more to train on, or leave such examples out with --skip-bad)"
            .formatted(valid),
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "LINES | {\"images\": [], \"annotations\": []} | it looks like JSON (expected lines",
        "LINES | 1~Dogs~dog~NOUN~NNS~_~0~root~_~_ | it looks like CoNLL-U (expected lines",
        "LINES | # sent_id = 1^1~Dogs~dog~NOUN~NNS~_~0~root~_~_ | it looks like CoNLL-U",
        "LINES | 1~a^1~b | the training split has only '1' (expected two or more",
        "CSV | body,stars^a,1 | its first line names no column 'author' (its columns are body,",
        "CSV | author,body,text^a,b,1 | names no column 'stars' (its columns are author, body,"
            + " text; choose one with --column label=NAME)",
        "CSV | author,body,stars^a,1 | line 2: it has 2 columns (expected 3, as the first",
        "CSV | author,body,stars^a,\"b,1 | line 2: a quote that begins in it does not end",
        "JSONL | {\"text\": \"a\", \"stars\": 1} | line 1: it has no field 'label' (its fields are"
            + " text, stars;",
        "JSONL | {\"text\": \"a\" | line 1: it is no JSON object: Unexpected end-of-input",
        "JSONL | [1] | line 1: it is no JSON object: it is no object (expected one in each line"
      })
  void namesWhatIsWrongWithAFile(Form form, String text, String reason) throws IOException {
    String input = write("input", text.replace('^', '\n').replace('~', '\t') + "\n");
    LineFormat format =
        switch (form) {
          case LINES -> LineFormat.DEFAULT;
          case CSV -> CSV;
          case JSONL -> JSONL;
        };
    var e = assertThrows(DataException.class, () -> prepare(input, format, Bad.REFUSED));
    assertTrue(e.getMessage().startsWith("Cannot "), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @Test
  void refusesFilesThatAreNoText() throws IOException {
    String empty = write("empty", "");
    Files.createDirectory(folder.resolve("nothing"));
    Files.write(folder.resolve("image"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    for (String[] wrong :
        new String[][] {
          {empty, "it is empty"},
          {folder.resolve("nothing").toString(), "it has no files"},
          {folder.resolve("image").toString(), "it is a PNG image (expected UTF-8 text"}
        }) {
      var e =
          assertThrows(
              DataException.class, () -> prepare(wrong[0], LineFormat.DEFAULT, Bad.LEFT_OUT));
      assertTrue(e.getMessage().contains(wrong[1]), e.getMessage());
    }
  }

  @Test
  void divisionsThatCannotBeMeantAreRefused() {
    var both = new ExampleUris(List.of("a"), List.of("b"), List.of("c"));
    var tested = new ExampleUris(List.of("a"), List.of(), List.of("c"));
    assertEquals(new Division.None(), Division.of(both, null, 1, false));
    assertEquals(new Division.Shuffled(Fractions.DEFAULT, 1), Division.of(tested, null, 1, false));
    assertThrows(
        IllegalArgumentException.class, () -> Division.of(both, Fractions.DEFAULT, 1, false));
    assertThrows(IllegalArgumentException.class, () -> Division.of(both, null, 1, true));
    assertThrows(
        IllegalArgumentException.class,
        () -> Division.of(tested, new Fractions(.8, .1, .1), 1, false));
    assertThrows(
        IllegalArgumentException.class,
        () -> LineFormat.of(Form.LINES, '\t', FieldRole.ofLabels(), Map.of(), "author"));
  }
}
