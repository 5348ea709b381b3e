package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs of texts on the command line. */
class PairsIT {
  @TempDir private Path folder;

  @BeforeEach
  void writeTexts() throws IOException {
    Files.writeString(folder.resolve("a.de"), "Ein Hund rennt\nEin Hund\n\nBerlin\n".repeat(4));
    Files.writeString(folder.resolve("a.en"), "A dog runs\nA dog\n\nBerlin\n".repeat(4));
  }

  private Execution prep(String options) {
    String command =
        "prep pairs --master local[1] --quiet --overwrite --output DIR/out --input DIR/" + options;
    return Execution.of(command.replace("DIR", folder.toString()).split(" "));
  }

  private JsonNode prepared(String options) throws IOException {
    Execution prep = prep(options + " --json");
    assertEquals(0, prep.code(), prep::err);
    return new ObjectMapper().readTree(prep.out());
  }

  @Test
  void subwordsHaveOneVocabularyUnlessAskedOtherwise() throws IOException {
    String options = "a.de --input-target DIR/a.en --fractions 1,0,0 --tokenizer bpe --lower-case";
    JsonNode joint = prepared(options + " --vocabulary 270");
    assertEquals("pairs", joint.get("kind").textValue());
    assertEquals(2, joint.get("source-files").intValue());
    assertEquals(270, joint.get("vocabulary-size").intValue());
    assertEquals(joint.get("vocabulary-fingerprint"), joint.get("target-vocabulary-fingerprint"));
    JsonNode train = joint.get("splits").get("train");
    assertEquals(12, train.get("rows").intValue());
    assertEquals(0, train.get("target-unknown").intValue());
    assertTrue(train.get("target-tokens").intValue() > train.get("longest-target").intValue());
    assertFalse(train.has("labels"));
    assertEquals(
        "[\"4 examples left out: 4 blank\",\"4 pairs with the same text on both sides\"]",
        joint.get("notes").toString());
    JsonNode apart = prepared(options + " --no-joint");
    assertFalse(
        apart.get("vocabulary-fingerprint").equals(apart.get("target-vocabulary-fingerprint")));
  }

  @Test
  void wordsHaveAVocabularyForEachSideUnlessAskedOtherwise() throws IOException {
    String options = "a.de --input-target DIR/a.en --fractions 1,0,0 --min-count 5";
    JsonNode apart = prepared(options + " --longest 3");
    // <unk>, <bos>, <eos>, then Ein and Hund, A and dog.
    assertEquals(5, apart.get("vocabulary-size").intValue());
    assertEquals(5, apart.get("target-vocabulary-size").intValue());
    assertEquals(12, apart.get("splits").get("train").get("rows").intValue());
    JsonNode joint = prepared(options + " --joint --length-ratio 1");
    // Ein, Hund, A, dog, and Berlin, which each side has four times.
    assertEquals(8, joint.get("vocabulary-size").intValue());
    assertEquals(12, joint.get("splits").get("train").get("rows").intValue());
  }

  @Test
  void pairsThatAreTooLongAreCounted() throws IOException {
    JsonNode pairs = prepared("a.de --input-target DIR/a.en --fractions 1,0,0 --longest 2");
    assertEquals(8, pairs.get("splits").get("train").get("rows").intValue());
    assertTrue(
        pairs.get("notes").toString().contains("4 pairs left out of train: more than 2 tokens"),
        pairs.get("notes")::toString);
  }

  @Test
  void columnsOfTablesAreNamed() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "en;de\nA dog;Ein Hund\nBerlin;Berlin\n");
    Execution prep =
        prep("a.csv --format csv --separator comma --column source=de --column target=en");
    assertEquals(3, prep.code(), prep::err);
    assertTrue(prep.err().contains("its first line names no column 'de'"), prep::err);
    Files.writeString(folder.resolve("a.csv"), "en,de\nA dog,Ein Hund\nBerlin,Berlin\n");
    JsonNode pairs =
        prepared(
            "a.csv --format csv --column source=de --column target=en --fractions 1,0,0"
                + " --tokenizer char");
    JsonNode train = pairs.get("splits").get("train");
    assertEquals(8 + 6, train.get("tokens").intValue());
    assertEquals(5 + 6 + 4, train.get("target-tokens").intValue());
  }
}
