package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What users get wrong, typed as they type it: one message, the documented exit code, no stack
 * trace, and nothing left that looks whole. {@code DIR} stands for the folder of the test.
 */
class BadInputIT {
  private static final String PREP = "prep --kind text --tokenizer char --output DIR/out ";
  private static final String COCO = "prep --kind coco --min-count 1 --output DIR/out ";

  /** To a run that must not be there afterwards. */
  private static final String TRAIN = "train" + BadInputs.SMALL + " --run DIR/new --data DIR/";

  private static final String DIVERGING = TRAIN.replace("DIR/new", "DIR/diverged") + "data ";

  @TempDir private static Path folder;

  private static BadInputs inputs;

  @BeforeAll
  static void makeGoodOnesAndDamageCopies() throws IOException {
    inputs = new BadInputs(folder);
    inputs.make();
  }

  /** Command, exit code, and what its one message says. */
  static Stream<Arguments> badInputs() {
    return Stream.of(
            texts(), captions(), configurations(), datasets(), trainings(), models(), misuses())
        .flatMap(table -> table);
  }

  private static Stream<Arguments> texts() {
    return Stream.of(
        row(PREP + "--input DIR/none.txt", 3, "Cannot read DIR/none.txt: it does not exist"),
        row(PREP + "--input DIR/none*", 3, "Cannot read DIR/none*: it does not exist"),
        row(PREP + "--input DIR/empty.txt", 3, "Cannot read DIR/empty.txt: it is empty"),
        row(PREP + "--input DIR/nothing", 3, "Cannot read DIR/nothing: it has no files"),
        row(
            PREP + "--input DIR/latin.txt",
            3,
            "Cannot read file:DIR/latin.txt: not UTF-8 at byte offset 3 (0xE9; convert it to UTF-8)"),
        row(
            PREP + "--input DIR/short.txt",
            3,
            "Cannot prepare split train: it would have 0 of the 1 tokens of its text (expected at least 2; give more text, or another share)"),
        row(PREP + "--input DIR/no.txt.gz", 3, "Cannot read file:DIR/no.txt.gz: "),
        row(
            PREP + "--vocabulary DIR/run --input DIR/shout.txt",
            3,
            "Cannot encode the text: it has 10 characters that the vocabulary lacks, which has no <unk>: 'L' (U+004C) 1,200 times, 'E' (U+0045) 600 times, "),
        row(PREP + "--vocabulary DIR/words --input DIR/text.txt", 3, "Cannot read DIR/words/voc"),
        row(
            PREP + "--since DIR/unfinished --input DIR/text.txt",
            3,
            "Cannot open dataset DIR/unfinished: it has no manifest.json"),
        row(PREP + "--input nowhere://x", 1, "Cannot use nowhere: places: there is no file system"),
        row(
            "prep --kind text --tokenizer char --input DIR/text.txt --output DIR/data",
            2,
            "Cannot write dataset file:DIR/data: a dataset is there; choose another output, or replace it with --overwrite"),
        row(
            "prep --kind text --tokenizer char --input DIR/text.txt --output DIR/theirs --overwrite",
            2,
            "Cannot write dataset file:DIR/theirs: the directory holds other things (letter.txt)"));
  }

  private static Stream<Arguments> captions() {
    return Stream.of(
        row(
            COCO + "--input DIR/cut.json",
            3,
            "Cannot read file:DIR/cut.json: malformed JSON near byte offset 90: Unexpected end-of-input"),
        row(
            COCO + "--input DIR/orphan.json",
            3,
            "Cannot read file:DIR/orphan.json: annotation id 11 belongs to image id 7, which is not among the images"),
        row(
            COCO + "--input DIR/twice.json",
            3,
            "Cannot read file:DIR/twice.json: caption id 10 is there 2 times"),
        row(
            COCO + "--input DIR/images.json",
            3,
            "Cannot read file:DIR/images.json: image id 1 is there 2 times"),
        row(COCO + "--input DIR/hostile.json", 3, "Cannot read file:DIR/hostile.json: malformed"),
        row(COCO + "--input DIR/text.txt", 3, "Cannot read file:DIR/text.txt: malformed JSON"),
        row(
            COCO + "--input DIR/captions.json --valid-images DIR/list.txt",
            3,
            "Cannot use file:DIR/list.txt, line 2: image id 99 is not among the images"));
  }

  private static Stream<Arguments> configurations() {
    return Stream.of(
        row("train --config DIR/none.yaml", 2, "Cannot read --config DIR/none.yaml: no such file"),
        row("train --config DIR/nothing", 2, "Cannot read --config DIR/nothing: Is a directory"),
        row(
            "train --config DIR/latin.txt",
            2,
            "Cannot read --config DIR/latin.txt: not UTF-8 at byte offset 3"),
        row(
            "train --config DIR/malformed.yaml --model.hiden 3",
            2,
            """
            2 problems in the configuration:
              DIR/malformed.yaml:2: Cannot read YAML: expected ',' or '}', but got :
              command line: Unknown setting: model.hiden (did you mean model.hidden?)"""),
        row(
            "train --config DIR/wrong.yaml --set training.epocs=1 --model.cel=gru",
            2,
            """
            6 problems in the configuration:
              DIR/wrong.yaml:1: Unknown setting: model.layer (did you mean model.layers?)
              DIR/wrong.yaml:1: Invalid model.hidden: many (expected a whole number, at least 1)
              DIR/wrong.yaml:3: Duplicate setting: run (already at DIR/wrong.yaml:2)
              command line: Unknown setting: training.epocs (did you mean training.epochs?)
              command line: Unknown setting: model.cel (did you mean model.cell?)
              Missing setting: data (dataset directory, as `prep` wrote it)"""),
        row(
            TRAIN + "data --optimizer.momentum 0.9 --clipping.kind none --clipping.max-norm 1.0",
            2,
            """
            2 problems in the configuration:
              command line: Setting without effect: optimizer.momentum (it applies only with optimizer.kind momentum, but optimizer.kind is adam by default). Remove it
              command line: Setting without effect: clipping.max-norm (it applies only with clipping.kind norm, but clipping.kind is none, from command line). Remove it"""));
  }

  private static Stream<Arguments> datasets() {
    return Stream.of(
        row(TRAIN + "none", 3, "Cannot open dataset DIR/none: it does not exist"),
        row(
            TRAIN + "unfinished",
            3,
            "Cannot open dataset DIR/unfinished: it has no manifest.json, so it is unfinished or no dataset (run prep again)"),
        row(
            TRAIN + "newer",
            3,
            "Cannot read DIR/newer/manifest.json: Invalid manifest: format version 99 (expected 1 to 6;"),
        row(
            TRAIN + "words",
            3,
            "Cannot read DIR/words/vocabulary.json: Invalid vocabulary: its fingerprint is"),
        row(TRAIN + "partless", 3, "is missing (restore it, or run prep again)"),
        row(TRAIN + "damaged", 3, "it was changed or damaged"),
        row(TRAIN + "invalid", 3, "it was changed or damaged"),
        row(
            TRAIN + "data --validation.split test",
            3,
            "Cannot read split test: the dataset has only train, valid"));
  }

  private static Stream<Arguments> trainings() {
    return Stream.of(
        row(
            TRAIN.replace("batch 2", "batch 3000") + "data",
            3,
            "Cannot train: 4,159 predictions in the training split are fewer than 2 lanes × 3000 sequences; use more text, or lower training.batch or averaging.lanes"),
        row(
            TRAIN.replace("lanes 2", "lanes 3000") + "data",
            3,
            "Cannot train: 4,159 predictions in the training split are fewer than 3000 lanes × 2"),
        row(
            DIVERGING + "--optimizer.kind sgd --optimizer.learning-rate 1e30 --clipping.kind none",
            4,
            "Training diverged: loss or gradient of lane 0 are not finite in step 1 (round 1); there is no checkpoint yet."),
        row(
            DIVERGING
                + "--optimizer.kind sgd --optimizer.learning-rate 1e300 --clipping.kind none"
                + " --averaging.interval 1",
            4,
            "Training diverged: after round 1 element [0, 0] of tensor embedding.weight is "),
        row(
            TRAIN + "data --model.hidden 2147483647",
            2,
            "Cannot train a model of 1.845e+19 parameters (68,719,476,"),
        row(
            TRAIN + "data --training.window 2147483647",
            2,
            "an array of 1.374e+11 numbers would be needed (expected fewer than 2^31; model.hidden is 8, model.embedding 4, model.layers 1, vocabulary of "),
        row(TRAIN + "data --model.hidden 15000", 1, "Cannot train a model of 900,"),
        row(
            "train --data DIR/data --run DIR/run/best",
            2,
            "Invalid run: DIR/run/best (expected a directory of its own, but a model is there)"),
        row(
            "train --data DIR/data --run DIR/data",
            2,
            "Invalid run: DIR/data (expected a directory of its own, but a dataset is there)"),
        row(
            "train --data DIR/data --run DIR/text.txt",
            1,
            "Cannot create directory file:DIR/text.txt: a file is in the place of a directory"),
        row(
            "train" + BadInputs.SMALL + " --data DIR/shout --run DIR/run",
            2,
            "Invalid data: DIR/shout (expected the dataset that the run began with, which was at DIR/data; this one has other content)"),
        row(
            "train" + BadInputs.SMALL + " --data DIR/data --run DIR/run --training.seed 2",
            2,
            """
            Cannot resume the run in file:DIR/run with other settings; restore them, or give another run directory:
              Invalid training.seed: 2 (expected 1, with which the run began)"""),
        row(
            "train" + BadInputs.SMALL + " --data DIR/data --run DIR/lost",
            1,
            "Cannot resume the run in file:DIR/lost: no checkpoint is whole"));
  }

  private static Stream<Arguments> models() {
    String sample = "sample --length 5 --model DIR/";
    return Stream.of(
        row(sample + "none", 3, "Cannot use the model file:DIR/none: it does not exist"),
        row(sample + "nothing", 3, "Cannot use the model file:DIR/nothing: it has no model"),
        row(sample + "flipped", 3, "Cannot use the model file:DIR/flipped: model.safetensors"),
        row(sample + "wordless", 3, "Cannot use the model file:DIR/wordless: it has no vocab"),
        row(sample + "cut", 3, "Cannot read file:DIR/cut/model.safetensors: its tensors have"),
        row(
            sample + "wider",
            3,
            "Cannot read file:DIR/wider/model.safetensors: tensor rnn.weight_ih_l0 has shape [32, 4], but the model's architecture asks for [36, 4]"),
        row(sample + "broken", 3, "Cannot read file:DIR/broken/model.json: it is not valid JSON"),
        row(sample + "run --prompt Ω", 3, "Cannot use the prompt: Cannot encode 'Ω' (U+03A9)"),
        row(
            "evaluate --model DIR/run --data DIR/shout --split valid",
            3,
            "Cannot use model file:DIR/run/best on dataset DIR/shout: the dataset lacks"),
        row(
            "evaluate --model DIR/run --data DIR/data --split test",
            3,
            "Cannot read split test: the dataset has only train, valid"),
        row("report --run DIR/none", 3, "Cannot report on DIR/none: it has no config.yaml"));
  }

  private static Stream<Arguments> misuses() {
    return Stream.of(
        row("trian", 2, "Did you mean: unroll train or "),
        row("train --confg x", 2, "Unknown options: '--confg', 'x'"),
        row(TRAIN + "data --master local[0]", 2, "Cannot start Spark on --master local[0]: "),
        row(
            "prep --kind txt",
            2,
            "expected one of [text, coco, lines, conllu, pairs, vectors, generate] (case-sensitive) but was 'txt'"),
        row("evaluate --model DIR/run --data DIR/data --split tset", 2, "Invalid split: tset"),
        row("sample --model DIR/run --length x", 2, "'x' is not a whole number"));
  }

  private static Arguments row(String command, int code, String message) {
    return Arguments.of(command, code, message);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badInputs")
  void isRefusedInOneMessage(String command, int code, String message) throws IOException {
    Execution execution = inputs.execute(command);
    String err = execution.err().replace("file:///", "file:/").replace(folder.toString(), "DIR");
    assertEquals(code, execution.code(), err);
    assertTrue(err.contains(message), err);
    assertFalse(err.contains("\tat "), err);
    assertFalse(Files.exists(folder.resolve("out")), "there must be no dataset");
    assertFalse(Files.exists(folder.resolve("new/checkpoints")), "there must be no checkpoint");
    assertFalse(Files.exists(folder.resolve("new/best")), "there must be no model");
  }

  @Test
  void aFileThatMayNotBeReadIsNamed() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), BadInputs.TEXT);
    assertTrue(secret.toFile().setReadable(false));
    Assumptions.assumeFalse(Files.isReadable(secret), "this user may read everything");
    Execution prep = inputs.execute(PREP + "--input DIR/secret.txt");
    assertEquals(3, prep.code(), prep.err());
    assertTrue(prep.err().contains("Permission denied"), prep.err());
    assertFalse(prep.err().contains("\tat "), prep.err());
    Execution train = inputs.execute("train --config DIR/secret.txt");
    assertEquals(2, train.code(), train.err());
    assertTrue(train.err().endsWith("secret.txt: permission denied\n"), train.err());
  }

  @Test
  void whatIsRefusedBeforeItBeginsLeavesNothingButItsOutcome() throws IOException {
    String refused =
        "train" + BadInputs.SMALL + " --data DIR/data --run DIR/never --validation.split test";
    assertEquals(3, inputs.execute(refused).code());
    List<String> left =
        BadInputs.files(folder.resolve("never")).stream()
            .map(file -> file.getFileName().toString())
            .toList();
    assertEquals(List.of("outcome.json"), left);
  }

  @Test
  void aFullDiskIsNamedAndLeavesNothingThatLooksWhole() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Assumptions.assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()),
        "mounting a small tmpfs is not permitted");
    try {
      Files.write(disk.resolve("ballast"), new byte[56 << 10]);
      Execution train =
          inputs.execute(
              "train" + BadInputs.SMALL + " --model.hidden=64 --data DIR/data --run DIR/disk/run");
      assertEquals(1, train.code(), train.err());
      assertTrue(
          train.err().contains("no space left on device; free some, then run the same command"),
          train.err());
      assertFalse(train.err().contains("\tat "), train.err());
      assertFalse(Files.exists(disk.resolve("run/best/model.json")));
      Execution prep =
          inputs.execute(
              PREP.replace("/out", "/disk/data") + "--input DIR/text.txt --block-length 64");
      assertEquals(1, prep.code(), prep.err());
      assertTrue(prep.err().contains("No space left on device"), prep.err());
      assertFalse(prep.err().contains("\tat "), prep.err());
      assertFalse(Files.exists(disk.resolve("data/manifest.json")));
      assertFullScratchSpaceIsNoDamage(disk);
    } finally {
      assertTrue(succeeds("umount", disk.toString()));
    }
  }

  private static void assertFullScratchSpaceIsNoDamage(Path disk) {
    assertThrows(IOException.class, () -> Files.write(disk.resolve("more"), new byte[64 << 10]));
    System.setProperty("spark.local.dir", disk.toString());
    try {
      for (String command :
          List.of(PREP.replace("/out", "/unmade") + "--input DIR/text.txt", TRAIN + "data")) {
        Execution execution = inputs.execute(command);
        assertEquals(1, execution.code(), execution.err());
        assertTrue(
            execution.err().contains("Cannot go on: Spark cannot keep its scratch files")
                && execution.err().contains("spark.local.dir"),
            execution.err());
      }
    } finally {
      System.clearProperty("spark.local.dir");
    }
  }

  private static boolean succeeds(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
