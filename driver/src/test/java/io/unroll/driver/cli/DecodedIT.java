package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.unroll.dataprep.dataset.Split;
import io.unroll.driver.model.SmallModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands do with models that were trained on pairs. */
class DecodedIT {
  @TempDir private static Path folder;

  private static final List<Pairs.Pair> TEST = Pairs.of(24, 3);

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Execution run(String command) {
    return Execution.of(command.replace("DIR", folder.toString()).split(" ", -1));
  }

  private static Execution done(String command) {
    Execution execution = run(command);
    assertEquals(0, execution.code(), execution.err());
    return execution;
  }

  @BeforeAll
  static void train() throws IOException {
    List<Pairs.Pair> valid = new ArrayList<>(Pairs.of(8, 2));
    valid.add(new Pairs.Pair("one two", "k z"));
    Pairs.write(
        folder.resolve("data"),
        Map.of(Split.TRAIN, Pairs.of(120, 1), Split.VALID, valid, Split.TEST, TEST));
    train("run-2", "2");
    train("run-8", "8");
  }

  private static void train(String run, String epochs) {
    done(
        "train --master local[2] --data DIR/data --run DIR/"
            + run
            + " --model.hidden 16 --model.embedding 8 --model.layers 1 --model.encoder-hidden 16"
            + " --model.attention-size 8 --training.batch 8 --averaging.lanes 1"
            + " --optimizer.learning-rate 0.02 --training.epochs "
            + epochs);
  }

  private static JsonNode evaluate(String more) {
    return DocumentedResult.line(
        done("evaluate --master local[2] --model DIR/run-8 --data DIR/data --json" + more));
  }

  @Test
  void scoresAreThoseOfPredictAndScore() throws IOException {
    JsonNode evaluated = evaluate(" --split test --decode --beam 3 --tokenize none");
    Files.write(folder.resolve("sources"), TEST.stream().map(Pairs.Pair::source).toList());
    Files.write(folder.resolve("right"), TEST.stream().map(Pairs.Pair::target).toList());
    String written = done("predict --model DIR/run-8 --input DIR/sources --beam 3").out();
    Files.writeString(folder.resolve("written"), written);
    JsonNode scored =
        DocumentedResult.of(
            "score",
            done("score --hypotheses DIR/written --references DIR/right --tokenize none --json"));
    List<String> scores =
        DocumentedResult.documented("score").stream()
            .dropWhile(key -> !key.equals("texts"))
            .toList();
    scores.forEach(key -> assertEquals(scored.get(key), evaluated.get(key), key));
    assertTrue(evaluated.get("bleu").doubleValue() > 30, evaluated.toString());
    assertEquals(24, evaluated.get("texts").intValue());
    List<String> keys = new ArrayList<>(DocumentedResult.documented("evaluate"));
    keys.addAll(scores);
    DocumentedResult.assertKeys("evaluate", keys, evaluated);
    assertBitsPerByteOfTargets(evaluated);
  }

  @Test
  void aSplitIsWrittenAboutAsItsTextsAreWithTheNumbersOfTheExamples() throws IOException {
    Files.write(folder.resolve("texts"), TEST.stream().map(Pairs.Pair::source).toList());
    List<String> texts =
        done("predict --model DIR/run-8 --input DIR/texts --beam 3 --attention DIR/pictures")
            .out()
            .lines()
            .toList();
    List<String> split =
        done("predict --model DIR/run-8 --data DIR/data --split test --beam 3")
            .out()
            .lines()
            .toList();
    assertEquals(
        IntStream.range(0, texts.size()).mapToObj(x -> x + "\t" + texts.get(x)).toList(), split);
    assertTrue(
        Files.readString(folder.resolve("pictures/0012.svg")).startsWith("<svg "),
        "a picture each");
    assertRefused(
        "predict --model DIR/run-8 --data DIR/data --input DIR/texts",
        ExitCode.USAGE,
        "Invalid --data: it does not go with --input, --output or --best");
  }

  /** Of the text that is written, which letters and blanks tell; begin and end are none. */
  private static void assertBitsPerByteOfTargets(JsonNode evaluated) {
    int bytes = TEST.stream().mapToInt(pair -> pair.target().length()).sum();
    assertEquals(bytes + TEST.size(), evaluated.get("tokens").intValue());
    assertEquals(
        evaluated.get("bits-per-token").doubleValue() * (bytes + TEST.size()) / bytes,
        evaluated.get("bits-per-byte").doubleValue(),
        1e-12);
  }

  @Test
  void twoModelsAreCompared() {
    JsonNode one = evaluate(" --split test --decode --compare DIR/run-2");
    JsonNode compared = one.get("compared");
    assertEquals(path("run-2"), compared.get("model").textValue());
    double difference = compared.get("difference").doubleValue();
    assertEquals(
        one.get("bleu").doubleValue() - compared.get("bleu").doubleValue(), difference, 1e-12);
    assertTrue(difference > 10, one.toString());
    assertTrue(compared.get("difference-interval").get(0).doubleValue() < difference);
    assertTrue(compared.get("p").doubleValue() < 0.05, one.toString());
    Execution people =
        done(
            "evaluate --master local[1] --model DIR/run-8 --data DIR/data --split test --decode"
                + " --compare DIR/run-2");
    assertTrue(
        people
            .out()
            .contains(
                String.format(Locale.ROOT, "BLEU       %6.2f  ", one.get("bleu").doubleValue())),
        people.out());
    assertTrue(people.out().contains("; difference +"), people.out());
    assertFalse(people.err().contains("<unk>"), people.err());
  }

  @Test
  void aNoteTellsOfReferencesThatLackTokens() {
    Execution valid =
        done("evaluate --master local[2] --model DIR/run-8 --data DIR/data --split valid --decode");
    assertTrue(
        valid
            .err()
            .contains(
                "The references have <unk> for 1 token that the vocabulary lacks: `score` with the"
                    + " original texts is exact"),
        valid.err());
    assertFalse(valid.out().contains("bits per byte"), valid.out());
  }

  @Test
  void refusesWhatOnlyOtherModelsDo() {
    assertRefused(
        "evaluate --model DIR/run-8 --data DIR/data --baseline",
        ExitCode.USAGE,
        "Invalid --baseline: the model DIR/run-8 writes about what it reads (expected one that"
            + " predicts text or gives labels)");
    assertRefused(
        "evaluate --model DIR/run-8 --data DIR/data --vote DIR/run-2",
        ExitCode.BAD_DATA,
        "Cannot let DIR/run-8 vote: it writes about what it reads (expected models that predict"
            + " text or give labels)");
    assertRefused(
        "diagnose --model DIR/run-8 --data DIR/data",
        ExitCode.BAD_DATA,
        "it writes about what it reads (expected one that predicts text or gives labels)");
    assertRefused(
        "report --run DIR/run-8 --data DIR/data",
        ExitCode.BAD_DATA,
        "it writes about what it reads (expected one that gives labels, trained on examples)");
  }

  @Test
  void refusesToWriteWithOtherModels() throws IOException {
    SmallModel.write(folder.resolve("language"), SmallModel.parameters());
    assertRefused(
        "evaluate --model DIR/language --data DIR/data --decode",
        ExitCode.USAGE,
        "Invalid --decode: the model DIR/language predicts text (expected one that writes texts,"
            + " trained on pairs)");
    assertRefused(
        "evaluate --model DIR/run-8 --data DIR/data --decode --compare DIR/language",
        ExitCode.BAD_DATA,
        "Cannot use the model DIR/language: it predicts text (expected one that writes texts,"
            + " trained on pairs)");
  }

  @Test
  void refusesOptionsOfWritingBeforeAnythingIsBegun() {
    String evaluate = "evaluate --model DIR/none --data DIR/none ";
    for (String option : List.of("--beam 3", "--tokenize intl", "--lower-case", "--compare x")) {
      String name = option.split(" ", -1)[0];
      assertRefused(
          evaluate + option,
          ExitCode.USAGE,
          "Invalid " + name + ": nothing is written without --decode");
    }
    assertRefused(
        evaluate + "--decode --tokenize zh",
        ExitCode.USAGE,
        "Invalid --tokenize: zh (expected 13a, intl or none)");
    assertRefused(evaluate + "--decode --longest -1", ExitCode.USAGE, "Invalid --longest: -1");
  }

  private static void assertRefused(String command, ExitCode code, String why) {
    Execution execution = run(command);
    assertEquals(code.code(), execution.code(), execution.err());
    String error = execution.err().replace("file:", "").replace(folder.toString(), "DIR");
    assertTrue(error.contains(why), execution.err());
  }

  /** By their loss, as all models. */
  @Test
  void theBetterModelIsPromoted() {
    done("promote --model DIR/run-2 --registry DIR/registry");
    Execution better =
        done(
            "promote --master local[2] --model DIR/run-8 --registry DIR/registry --if-better-on"
                + " DIR/data --split test");
    assertTrue(better.out().contains("Promoted: the champion is now"), better.out());
  }

  @Test
  void wordsHaveTheNeighboursOfWhatIsRead() {
    String found = done("neighbours --model DIR/run-8 --word one --count 9").out();
    assertEquals(4, found.lines().count(), found); // the word and the three others
  }
}
