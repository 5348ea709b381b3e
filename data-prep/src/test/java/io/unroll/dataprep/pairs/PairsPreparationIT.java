package io.unroll.dataprep.pairs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.counting.VocabularyChoice;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.ExampleRow;
import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.SplitContent;
import io.unroll.dataprep.examples.Division;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleSettings.Bad;
import io.unroll.dataprep.examples.ExampleSettings.PairSettings;
import io.unroll.dataprep.examples.ExampleSettings.TokenSettings;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.examples.Prepared;
import io.unroll.dataprep.lines.FieldRole;
import io.unroll.dataprep.lines.LineFormat;
import io.unroll.dataprep.lines.LineFormat.Form;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.table.TableFormat;
import io.unroll.dataprep.tokenize.SequenceTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairsPreparationIT {
  private static final LineFormat LINES =
      LineFormat.of(Form.LINES, '\t', FieldRole.ofPairs(), Map.of(), "");
  private static final Division NONE = new Division.None();

  @TempDir private Path folder;

  /** What is asked for, beside the inputs. */
  private record Wish(
      String tokenizer,
      int size,
      boolean joint,
      Division division,
      Bad bad,
      int longest,
      double ratio) {
    static Wish words() {
      return new Wish("word-punctuation", 0, false, NONE, Bad.REFUSED, 0, 0);
    }

    static Wish subwords(int size, boolean joint) {
      return new Wish("bpe", size, joint, NONE, Bad.REFUSED, 0, 0);
    }

    static Wish characters() {
      return new Wish("char", 0, false, NONE, Bad.REFUSED, 0, 0);
    }

    Wish by(Division other) {
      return new Wish(tokenizer, size, joint, other, bad, longest, ratio);
    }

    Wish jointly() {
      return new Wish(tokenizer, size, true, division, bad, longest, ratio);
    }

    Wish skipping() {
      return new Wish(tokenizer, size, joint, division, Bad.LEFT_OUT, longest, ratio);
    }

    Wish within(int most, double times) {
      return new Wish(tokenizer, size, joint, division, bad, most, times);
    }

    VocabularyChoice vocabulary() {
      boolean lowerCase = !tokenizer.equals("char");
      return new CountedVocabulary(
          new SequenceTokenizer(Tokenizer.of(tokenizer, lowerCase, 1, size)));
    }
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private String packed(String name, String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return Files.write(folder.resolve(name), bytes.toByteArray()).toString();
  }

  private PairsPreparation preparation(Wish wish) {
    return new PairsPreparation(
        LocalSpark.session(),
        new ExampleSettings(
            new DatasetTarget(folder.resolve("out").toString(), true),
            wish.division(),
            wish.bad(),
            new TokenSettings(wish.vocabulary(), false, 1),
            new PairSettings(
                wish.joint() ? Optional.empty() : Optional.of(wish.vocabulary()),
                wish.longest(),
                wish.ratio())));
  }

  private static ExampleUris uris(String train) {
    return new ExampleUris(List.of(train), List.of(), List.of());
  }

  private PreparationSummary parallel(String source, String target, Wish wish) throws IOException {
    return preparation(wish)
        .run(new PairUris(uris(write("source.txt", source)), uris(write("target.txt", target))));
  }

  private PreparationSummary lines(String text, Wish wish) throws IOException {
    return preparation(wish).run(uris(write("pairs.tsv", text)), LINES);
  }

  private DatasetDirectory dataset() {
    return Prepared.open(folder.resolve("out"));
  }

  private List<String> pairs(Split split) {
    DatasetDirectory dataset = dataset();
    dataset.verify(LocalSpark.session(), split);
    List<String> pairs = new ArrayList<>();
    for (ExampleRow row : Prepared.rows(dataset, split)) {
      int[] targets = row.getTargets();
      assertEquals(dataset.targets().begin().orElseThrow(), targets[0]);
      assertEquals(dataset.targets().end().orElseThrow(), targets[targets.length - 1]);
      pairs.add(
          dataset.vocabulary().decode(row.getTokens()) + " = " + dataset.targets().decode(targets));
    }
    return pairs;
  }

  @Test
  void lineNBelongsToLineNOfTheOtherFile() throws IOException {
    String valid = packed("valid.de.gz", "Hund und Maus\n");
    var uris =
        new PairUris(
            new ExampleUris(
                List.of(write("a.de", "\uFEFFEin Hund.\r\n\nDer Hund\n"), write("b.de", "Zwei")),
                List.of(valid),
                List.of()),
            new ExampleUris(
                List.of(write("a.en", "A dog.\n \nThe dog\n"), packed("b.en.gz", "Two\n")),
                List.of(write("valid.en", "dog and mouse")),
                List.of()));
    PreparationSummary summary = preparation(Wish.words()).run(uris);
    assertEquals(
        List.of("ein hund . = a dog .", "der hund = the dog", "zwei = two"), pairs(Split.TRAIN));
    assertEquals(List.of("hund <unk> <unk> = dog <unk> <unk>"), pairs(Split.VALID));
    DatasetDirectory dataset = dataset();
    assertEquals("word-punctuation-sequence", dataset.vocabulary().tokenizer().kind());
    assertNotEquals(dataset.vocabulary().fingerprint(), dataset.targets().fingerprint());
    // <unk>, <bos>, <eos>, hund; the others occur once.
    assertEquals(4, dataset.manifest().examples().orElseThrow().rareFrom());
    SplitContent content = dataset.manifest().content(Split.TRAIN);
    assertEquals(3, content.rows());
    assertEquals(6, content.tokens());
    assertEquals(3, content.longest());
    assertEquals(12, content.targetTokens());
    assertEquals(5, content.longestTarget());
    assertEquals(2, dataset.manifest().content(Split.VALID).targetUnknown());
    assertEquals(
        List.of("a.de", "b.de", "a.en", "b.en.gz", "valid.de.gz", "valid.en"),
        dataset.manifest().sources().stream()
            .map(source -> source.uri().replaceFirst(".*/", ""))
            .toList());
    String text = summary.text();
    assertTrue(text.contains("examples      tokens with a text\n"), text);
    assertTrue(
        text.contains(
            "train         3 examples, 6 tokens, 0 unknown (0.0000 %), 2.0 in the mean, longest 3\n"
                + "              targets with 12 tokens, 0 unknown (0.0000 %), 4.0 in the mean,"
                + " longest 5\n"),
        text);
    assertTrue(text.contains("1 example left out: 1 blank\n"), text);
    assertTrue(text.contains("<unk> is 66.7 % of what is read later, but never seen"), text);
    assertTrue(text.contains("<unk> is 40.0 % of what is predicted later, but never seen"), text);
  }

  @Test
  void oneFileOrTableMayHaveBoth() throws IOException {
    lines("Guten Tag\tGood day\n\nJa\tYes\n", Wish.words());
    assertEquals(List.of("guten tag = good day", "ja = yes"), pairs(Split.TRAIN));
    String csv = write("a.csv", "id,en,de\n1,\"One,\ntwo\",\"Eins,\nzwei\"\n2,Three,Drei\n");
    Map<String, String> columns = Map.of("source", "de", "target", "en");
    preparation(Wish.words())
        .run(uris(csv), LineFormat.of(Form.CSV, ',', FieldRole.ofPairs(), columns, ""));
    List<String> expected = List.of("eins , zwei = one , two", "drei = three");
    assertEquals(expected, pairs(Split.TRAIN));
    String json =
        write(
            "a.jsonl",
            "{\"de\": \"Eins, zwei\", \"en\": \"One, two\"}\n{\"en\": \"Three\", \"de\": \"Drei\"}\n");
    preparation(Wish.words())
        .run(uris(json), LineFormat.of(Form.JSONL, ',', FieldRole.ofPairs(), columns, ""));
    assertEquals(expected, pairs(Split.TRAIN));
    preparation(Wish.words()).run(uris(json), new TableFormat(TableFormat.Kind.JSON, columns, ""));
    assertEquals(expected, pairs(Split.TRAIN));
  }

  @Test
  void oneVocabularyIsCountedOverBothSides() throws IOException {
    parallel("Ein Hund\nBerlin\n", "A dog\nBerlin\n", Wish.words().jointly());
    DatasetDirectory dataset = dataset();
    assertEquals(
        List.of("<unk>", "<bos>", "<eos>", "berlin", "a", "dog", "ein", "hund"),
        dataset.vocabulary().tokens());
    assertEquals(dataset.vocabulary().fingerprint(), dataset.targets().fingerprint());
    assertEquals(List.of("ein hund = a dog", "berlin = berlin"), pairs(Split.TRAIN));
    assertEquals(4, dataset.manifest().examples().orElseThrow().rareFrom());
  }

  @Test
  void subwordsAreLearntFromBothSidesOrFromEach() throws IOException {
    String source = "Die Katze schläft\nder Hund schläft\n".repeat(5);
    String target = "the cat sleeps\nThe dog sleeps\n".repeat(5);
    parallel(source, target, Wish.subwords(280, true));
    assertEquals("die katze schläft = the cat sleeps", pairs(Split.TRAIN).get(0));
    assertEquals(280, dataset().vocabulary().size());
    assertEquals(dataset().vocabulary().fingerprint(), dataset().targets().fingerprint());
    assertTrue(Files.exists(folder.resolve("out/tokenizer.json")));
    assertFalse(Files.exists(folder.resolve("out/target-tokenizer.json")));
    ExampleRow first = Prepared.rows(dataset(), Split.TRAIN).get(0);
    assertArrayEquals(dataset().vocabulary().encode("die katze schläft"), first.getTokens());
    int[] text = dataset().targets().encode("The cat sleeps");
    assertArrayEquals(
        text, Arrays.copyOfRange(first.getTargets(), 1, first.getTargets().length - 1));

    parallel(source, target, Wish.subwords(270, false));
    assertEquals("der hund schläft = the dog sleeps", pairs(Split.TRAIN).get(1));
    assertNotEquals(dataset().vocabulary().fingerprint(), dataset().targets().fingerprint());
    assertTrue(Files.exists(folder.resolve("out/target-tokenizer.json")));

    parallel(source, target, Wish.words());
    assertFalse(Files.exists(folder.resolve("out/tokenizer.json")), "of the dataset before");
    assertFalse(Files.exists(folder.resolve("out/target-tokenizer.json")));
  }

  @Test
  void charactersThatTrainingLacksAreUnknown() throws IOException {
    var uris =
        new ExampleUris(
            List.of(write("t.tsv", "ab\tba\n")), List.of(write("v.tsv", "ax\tby\n")), List.of());
    preparation(Wish.characters()).run(uris, LINES);
    assertEquals(List.of("ab = ba"), pairs(Split.TRAIN));
    assertEquals(List.of("a<unk> = b<unk>"), pairs(Split.VALID));
    assertEquals(List.of("<unk>", "<bos>", "<eos>", "a", "b"), dataset().targets().tokens());
  }

  @Test
  void longAndUnevenPairsAreLeftOutBeforeWordsAreCounted() throws IOException {
    String text = "a b\tc d\nlong one here\tx\nx\tvery long text\na\ta b\na\tb c d\n";
    var uris =
        new ExampleUris(
            List.of(write("t.tsv", text.replace("very long", "a very long"))),
            List.of(write("v.tsv", "a\tb c d\na b c d\ta\n")),
            List.of());
    PreparationSummary summary = preparation(Wish.words().within(3, 2)).run(uris, LINES);
    assertEquals(List.of("a b = c d", "a = a b"), pairs(Split.TRAIN));
    assertEquals(List.of("a = b c d"), pairs(Split.VALID));
    assertTrue(dataset().vocabulary().id("long").isEmpty(), "no word of pairs that are left out");
    assertEquals(
        List.of(
            "1 pair left out of train: more than 3 tokens on a side (--longest)",
            "2 pairs left out of train: one side has more than 2.0 times the tokens of the other"
                + " (--length-ratio)",
            "1 pair left out of valid: more than 3 tokens on a side (--longest)"),
        summary.notes());
    var e = assertThrows(DataException.class, () -> lines("a b\tc\n", Wish.words().within(1, 0)));
    assertEquals(
        "Cannot prepare split train: no pair is left of it by --longest and --length-ratio (allow more)",
        e.getMessage());
  }

  @Test
  void theLengthOfSubwordsIsThatOfTheirTokens() throws IOException {
    String text = "aaaa\tbbbb\n".repeat(8) + "xyzxyzq\tb\n";
    PreparationSummary summary = lines(text, Wish.subwords(262, true).within(4, 0));
    assertEquals(8, pairs(Split.TRAIN).size());
    assertEquals(
        List.of("1 pair left out of train: more than 4 tokens on a side (--longest)"),
        summary.notes());
  }

  @Test
  void pairsOfTheSameTextAreCounted() throws IOException {
    PreparationSummary summary = lines("Paris\tParis\na b\ta b\na\tA\n", Wish.words());
    assertEquals(List.of("2 pairs with the same text on both sides"), summary.notes());
  }

  @Test
  void sidesStayTogetherWhereSplitsAreDivided() throws IOException {
    var text = new StringBuilder();
    for (int x = 0; x < 100; x++) {
      text.append("quelle ").append(x).append("\tsource ").append(x).append('\n');
    }
    lines(text.toString(), Wish.words().by(new Division.Shuffled(new Fractions(.8, .2, 0), 1)));
    List<String> training = pairs(Split.TRAIN);
    assertEquals(80, training.size());
    assertEquals(20, pairs(Split.VALID).size());
    training.forEach(
        pair -> assertEquals(pair.replaceAll(".* ", ""), pair.replaceAll("quelle (.*) =.*", "$1")));
    assertFalse(training.get(0).equals("quelle 0 = source 0"), "they are shuffled");
  }

  @Test
  void emptySidesAreRefusedByNameOrCounted() throws IOException {
    String source = "one\n\n\nfour\n";
    String target = "eins\n\ndrei\n \n";
    var e = assertThrows(DataException.class, () -> parallel(source, target, Wish.words()));
    assertEquals(
        "Cannot read file:%s, line 3: its source is empty (add what is missing, or leave such pairs out with --skip-bad)"
            .formatted(folder.resolve("source.txt")),
        e.getMessage());
    assertFalse(Files.exists(folder.resolve("out")), "nothing may be written");
    e = assertThrows(DataException.class, () -> parallel("a\nb\n", "a\n\n", Wish.words()));
    assertEquals(
        "Cannot read file:%s, line 2: its target in file:%s is empty (add what is missing, or leave such pairs out with --skip-bad)"
            .formatted(folder.resolve("source.txt"), folder.resolve("target.txt")),
        e.getMessage());
    PreparationSummary summary = parallel(source, target, Wish.words().skipping());
    assertEquals(List.of("one = eins"), pairs(Split.TRAIN));
    assertEquals(
        List.of("3 examples left out: 1 without a source, 1 without a target, 1 blank"),
        summary.notes());
  }

  @Test
  void filesOfDifferentLengthAreRefused() throws IOException {
    for (String[] counts :
        new String[][] {{"a\nb\nc\n", "a\n", "3", "1"}, {"a", "a\n\n", "1", "2"}}) {
      var e =
          assertThrows(
              DataException.class, () -> parallel(counts[0], counts[1], Wish.words().skipping()));
      assertEquals(
          "Cannot pair the lines of file:%s and file:%s: there are %s and %s of them (expected as many: line n of one belongs to line n of the other)"
              .formatted(
                  folder.resolve("source.txt"), folder.resolve("target.txt"), counts[2], counts[3]),
          e.getMessage());
    }
    var uris =
        new PairUris(
            uris(write("source.txt", "a")),
            new ExampleUris(
                List.of(write("t1.txt", "a"), write("t2.txt", "b")), List.of(), List.of()));
    var e = assertThrows(DataException.class, () -> preparation(Wish.words()).run(uris));
    assertTrue(
        e.getMessage()
            .startsWith(
                "Cannot pair the files of split train: there are 1 file of sources and 2 files of targets (expected as many, in the same order;"),
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": \"b\"} | it looks like JSON (expected a text in each line; --format json reads",
        "[{\"a\": \"b\"}] | it looks like JSON (expected a text in each line",
        "{ | it looks like JSON (expected a text in each line",
        "1~Dogs~dog~NOUN~NNS~_~0~root~_~_ | it looks like CoNLL-U (expected a text in each line",
        "# sent_id = 1 | it looks like CoNLL-U (expected a text in each line"
      })
  void namesWhichOfTwoFilesIsOfAnotherKind(String line, String reason) throws IOException {
    String wrong = "\n" + line.replace('~', '\t') + "\n";
    for (boolean target : new boolean[] {false, true}) {
      var e =
          assertThrows(
              DataException.class,
              () -> parallel(target ? "\na\n" : wrong, target ? wrong : "\na\n", Wish.words()));
      String name = target ? "target.txt" : "source.txt";
      assertTrue(
          e.getMessage().startsWith("Cannot read file:" + folder.resolve(name) + ": " + reason),
          e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[Applause] Thank you.", "[1] A note", "{no JSON}", "# one", "1\ta"})
  void textsMayBeginLikeOtherFiles(String line) throws IOException {
    parallel(line + "\n", "x\n", Wish.characters());
    assertEquals(List.of(line + " = x"), pairs(Split.TRAIN));
  }

  @Test
  void refusesFilesThatAreDamagedOrNoText() throws IOException {
    write("good.txt", "a\n");
    write("empty", "");
    Files.write(folder.resolve("image"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    Files.write(folder.resolve("latin"), new byte[] {'a', (byte) 0xE4, '\n'});
    byte[] whole = Files.readAllBytes(Path.of(packed("whole.gz", "a long line\n".repeat(99))));
    Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length - 12));
    for (String[] wrong :
        new String[][] {
          {"empty", "it is empty"},
          {"image", "it is a PNG image (expected UTF-8 text"},
          {"latin", "not UTF-8 at byte offset 1"},
          {"cut.gz", ""},
          {"nowhere", "it does not exist"}
        }) {
      String name = folder.resolve(wrong[0]).toString();
      String good = folder.resolve("good.txt").toString();
      for (PairUris uris :
          List.of(new PairUris(uris(name), uris(good)), new PairUris(uris(good), uris(name)))) {
        var e =
            assertThrows(DataException.class, () -> preparation(Wish.words().skipping()).run(uris));
        assertTrue(e.getMessage().startsWith("Cannot read "), e.getMessage());
        assertTrue(e.getMessage().contains(name), e.getMessage());
        assertTrue(e.getMessage().contains(wrong[1]), e.getMessage());
        assertFalse(Files.exists(folder.resolve("out/manifest.json")));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no tab here | line 1: it has no tab between source and target (expected a source, a tab"
            + " and a target;",
        "a^b^by someone | line 1: it has more than one tab between source and target",
        "^b | line 1: its source is empty",
        "a^ | line 1: its target is empty (add what is missing"
      })
  void namesTheLineThatIsNoPair(String line, String reason) {
    var e = assertThrows(DataException.class, () -> lines(line.replace('^', '\t'), Wish.words()));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @Test
  void settingsThatCannotBeMeantAreRefused() {
    var one = uris("a");
    var two = new ExampleUris(List.of("a"), List.of("b"), List.of());
    var e = assertThrows(IllegalArgumentException.class, () -> new PairUris(two, one));
    assertTrue(e.getMessage().contains("split valid has sources without targets"), e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> new PairUris(one, two));
    assertTrue(e.getMessage().contains("split valid has targets without sources"), e.getMessage());
    for (double ratio : new double[] {.5, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(
          IllegalArgumentException.class, () -> new PairSettings(Optional.empty(), 0, ratio));
    }
    assertThrows(IllegalArgumentException.class, () -> new PairSettings(Optional.empty(), -1, 0));
  }
}
