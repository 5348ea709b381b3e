package io.unroll.dataprep.conllu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.ExampleRow;
import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.examples.Division;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleSettings.Bad;
import io.unroll.dataprep.examples.ExampleSettings.TokenSettings;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.examples.Prepared;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.tokenize.WordTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConlluPreparationIT {
  /** With ~ for tabs. */
  private static final String TREES =
      """
      # sent_id = 1
      # text = Don't go
      1-2~Don't~_~_~_~_~_~_~_~_
      1~Do~do~AUX~VB~_~3~aux~_~_
      2~n't~not~PART~RB~_~3~advmod~_~_
      3~go~go~VERB~VB~_~0~root~_~_
      3.1~home~home~NOUN~NN~_~_~_~_~_

      1~Ärgerlichkeitsüberschusses~x~NOUN~NN~_~0~root~_~_
      2~10 000~x~NUM~CD~_~0~root~_~_
      """;

  @TempDir private Path folder;

  private PreparationSummary prepare(String text, String tags, Bad bad) throws IOException {
    Path input = Files.writeString(folder.resolve("in.conllu"), text.replace('~', '\t'));
    var settings =
        new ExampleSettings(
            new DatasetTarget(folder.resolve("out").toString(), true),
            ExampleShape.Target.TAGS,
            new Division.None(),
            bad,
            0,
            Optional.of(
                new TokenSettings(new CountedVocabulary(new WordTokenizer(true, 1, 0)), true, 1)));
    return new ConlluPreparation(
            LocalSpark.session(),
            new ExampleUris(List.of(input.toString()), List.of(), List.of()),
            ConlluColumn.of(tags),
            settings)
        .run();
  }

  @Test
  void readsWordsWithTheirTags() throws IOException {
    PreparationSummary summary = prepare(TREES, "upos", Bad.REFUSED);
    assertEquals(
        List.of("AUX PART VERB: do n't go", "NOUN NUM: ärgerlichkeitsüberschusses 10_000"),
        Prepared.examples(folder.resolve("out"), Split.TRAIN));
    DatasetDirectory dataset = Prepared.open(folder.resolve("out"));
    ExampleRow second = Prepared.rows(dataset, Split.TRAIN).get(1);
    assertEquals("[25, 6]", Arrays.toString(second.getWordLengths()));
    // The first 13 and the last 12 of 26, as they are written.
    assertEquals(
        "Ärgerlichkeitüberschusses10_000",
        dataset.characters().orElseThrow().decode(second.getCharacters()));
    assertTrue(
        summary.notes().get(0).startsWith("1 multiword range and 1 empty node passed over"),
        summary.notes()::toString);
    prepare(TREES, "5", Bad.REFUSED);
    assertEquals(
        List.of("VB RB VB: do n't go", "NN CD: ärgerlichkeitsüberschusses 10_000"),
        Prepared.examples(folder.resolve("out"), Split.TRAIN));
  }

  @Test
  void aTagThatIsMissingIsRefusedOrItsSentenceLeftOut() throws IOException {
    String text = TREES.replace("PART~RB", "PART~_");
    var e = assertThrows(DataException.class, () -> prepare(text, "xpos", Bad.REFUSED));
    assertEquals(
        "Cannot read file:%s, line 5: its word 'n't' has no tag in column XPOS (choose another column with --tags, or leave such sentences out with --skip-bad)"
            .formatted(folder.resolve("in.conllu")),
        e.getMessage());
    PreparationSummary summary = prepare(text, "xpos", Bad.LEFT_OUT);
    assertEquals(
        List.of("NN CD: ärgerlichkeitsüberschusses 10_000"),
        Prepared.examples(folder.resolve("out"), Split.TRAIN));
    assertTrue(
        summary.notes().contains("1 example left out: 1 without a label"),
        summary.notes()::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "positive~A film | line 1: it has 2 columns (expected CoNLL-U: 10 columns with tabs",
        "{\"images\": []} | line 1: it has 1 column (expected CoNLL-U",
        "# nothing | it has no sentence (expected CoNLL-U)",
        "x~Do~do~AUX~VB~_~3~aux~_~_ | line 1: it does not begin with the number of a word"
      })
  void namesWhatIsWrongWithAFile(String text, String reason) {
    var e = assertThrows(DataException.class, () -> prepare(text + "\n", "upos", Bad.LEFT_OUT));
    assertTrue(e.getMessage().startsWith("Cannot read file:"), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @Test
  void refusesColumnsThatThereAreNot() {
    for (String wrong : List.of("0", "11", "pos", "")) {
      var e = assertThrows(IllegalArgumentException.class, () -> ConlluColumn.of(wrong));
      assertTrue(
          e.getMessage().startsWith("Invalid tags: " + wrong + " (expected"), e.getMessage());
    }
    assertEquals(3, ConlluColumn.of("UPOS").index());
  }
}
