package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captions of images that are known by vectors, in a dataset or by themselves. */
class DescribedImagesIT {
  private static final int IMAGES = 6;

  @TempDir private static Path folder;

  @BeforeAll
  static void trains() throws IOException {
    StringBuilder images = new StringBuilder();
    StringBuilder captions = new StringBuilder();
    StringBuilder classes = new StringBuilder();
    for (int image = 0; image < IMAGES; image++) {
      String comma = image == 0 ? "" : ", ";
      int id = 10 + image;
      String caption = image % 2 == 0 ? "a cat" : "a red bus";
      images.append(comma + "{\"id\": " + id + "}");
      captions
          .append(comma + "{\"id\": " + id + ", \"image_id\": " + id)
          .append(", \"caption\": \"" + caption + "\"}");
      classes.append(id + "\t" + image % 2 + "\n");
    }
    String json = "{\"images\": [%s], \"annotations\": [%s]}".formatted(images, captions);
    Files.writeString(folder.resolve("captions.json"), json);
    Files.writeString(folder.resolve("classes.tsv"), classes);
    done(
        "prep coco --input DIR/captions.json --vectors DIR/classes.tsv --vectors-format classes"
            + " --classes 2 --min-count 1 --fractions 0.5,0.5 --output DIR/data");
    done(
        "train --data DIR/data --run DIR/run --model.cell gru --model.encoder-layers 0"
            + " --model.layers 1 --model.hidden 8 --model.embedding 8 --model.attention additive"
            + " --model.attention-size 4 --training.batch 3 --training.epochs 40"
            + " --optimizer.learning-rate 0.05 --averaging.interval 40 --validation.every 1");
  }

  private static Execution run(String command) {
    return Execution.of(
        (command.replace("DIR", folder.toString()) + " --master local[2] --quiet").split(" "));
  }

  private static String done(String command) {
    Execution execution = run(command);
    assertEquals(0, execution.code(), execution::err);
    return execution.out();
  }

  /** An array of float32 in NumPy's format. */
  private static void writeArray(String name, int size, float... values) throws IOException {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': ("
            + values.length / size
            + ", "
            + size
            + "), }";
    String padded = header + " ".repeat(117 - header.length()) + "\n";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
    bytes.write(padded.getBytes(StandardCharsets.US_ASCII));
    ByteBuffer numbers = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      numbers.putFloat(value);
    }
    bytes.write(numbers.array());
    Files.write(folder.resolve(name), bytes.toByteArray());
  }

  @Test
  void vectorsGiveTheCaptionsThatADatasetOfThemGives() throws IOException {
    String learned = done("predict --model DIR/run --data DIR/data --split train");
    assertTrue(learned.contains("\ta cat\n") && learned.contains("\ta red bus\n"), learned);
    String listed =
        done("predict --model DIR/run --vectors DIR/classes.tsv --vectors-format classes");
    assertTrue(listed.startsWith(learned), listed);
    assertEquals(IMAGES, listed.lines().count());

    writeArray("some.npy", 2, 0, 1, 1, 0, 0, 1);
    Files.writeString(folder.resolve("ids.txt"), "photo.jpg 7\n5\n9\n");
    assertEquals(
        List.of("7\ta red bus", "5\ta cat", "9\ta red bus"),
        done("predict --model DIR/run --vectors DIR/some.npy --ids DIR/ids.txt").lines().toList());
  }

  @Test
  void otherCaptionsTakeTheVocabularyOfADatasetOrModel() {
    for (String place : List.of("data", "run")) {
      String text =
          done(
              "prep coco --input DIR/captions.json --vectors DIR/classes.tsv --classes 2"
                  + " --fractions 1,0,0 --overwrite --output DIR/tested --json --vocabulary DIR/"
                  + place);
      assertTrue(text.contains("\"target-vocabulary-size\":7"), text);
    }
  }

  @Test
  void whatWasLookedAtIsDrawnAndTold() throws IOException {
    writeArray("two.npy", 2, 0, 1, 1, 0);
    Files.writeString(folder.resolve("two.txt"), "7\n5\n");
    // Its name does not tell that it is packed.
    try (var packed = new GZIPOutputStream(Files.newOutputStream(folder.resolve("names.txt")))) {
      packed.write("cat\nbus\n".getBytes(StandardCharsets.UTF_8));
    }
    String line =
        done(
            "predict --model DIR/run --vectors DIR/two.npy --ids DIR/two.txt --names DIR/names.txt"
                + " --attention DIR/looked");
    assertEquals("7\ta red bus\n5\ta cat\n", line);
    List<String> told = Files.readAllLines(folder.resolve("looked/attention.jsonl"));
    // Of one vector, all of the weight is on it.
    assertEquals(
        "{\"image\":7,\"read\":[\"bus\"],\"written\":[\"a\",\"red\",\"bus\"],\"weights\":[[1.0],[1.0],[1.0]]}",
        told.get(0));
    assertEquals(2, told.size());
    String picture = Files.readString(folder.resolve("looked/7.svg"));
    assertTrue(picture.contains("<title>red, bus: 100.0 %</title>"), picture);
    refused(
        "--vectors DIR/two.npy --ids DIR/two.txt --names DIR/captions.json",
        3,
        "there are 1 names (expected 2, one for each number of a vector)");
    refused(
        "--vectors DIR/two.npy --ids DIR/two.txt --names DIR/two.npy", 3, "it is a NumPy array");
  }

  @Test
  void textsFindTheirSources() throws IOException {
    String about = "evaluate --model DIR/run --data DIR/data --split train --json --rank ";
    JsonNode sources = new ObjectMapper().readTree(done(about + "sources"));
    assertEquals("sources", sources.get("ranked").textValue());
    assertEquals(3, sources.get("candidates").intValue());
    // Two images have the same vector and the same caption: each comes behind the other.
    assertEquals(2, sources.get("median-rank").doubleValue());
    assertEquals(1.0 / 3, sources.get("recall-1").doubleValue(), 1e-9);
    assertEquals(1, sources.get("recall-5").doubleValue());
    JsonNode texts = new ObjectMapper().readTree(done(about + "texts --among 1"));
    assertEquals(2, texts.get("candidates").intValue());
    refusedEvaluation("--rank captions", "Invalid --rank: captions (expected sources or texts)");
    refusedEvaluation("--among 2", "Invalid --among: nothing is put in order without --rank");
  }

  private static void refusedEvaluation(String options, String reason) {
    Execution execution = run("evaluate --model DIR/run --data DIR/data " + options);
    assertTrue(execution.err().contains(reason), execution::err);
    assertEquals(2, execution.code(), execution::err);
  }

  @Test
  void whatDoesNotFitIsToldBeforeAnythingIsWritten() throws IOException {
    writeArray("wide.npy", 3, 0, 1, 1);
    Files.writeString(folder.resolve("one.txt"), "7\n");
    refused(
        "--vectors DIR/wide.npy --ids DIR/one.txt",
        3,
        "it reads vectors of 2 numbers (the images have 3)");
    refused("--vectors DIR/wide.npy", 2, "Missing --ids");
    refused("--vectors DIR/classes.tsv --ids DIR/one.txt", 2, "Invalid --ids");
    refused("--vectors DIR/a.png", 2, "Missing --vectors-format");
    refused("--ids DIR/one.txt", 2, "Missing --vectors ");
    refused("--vectors DIR/classes.tsv --data DIR/data", 2, "--data is given too");
    refused("--vectors DIR/classes.tsv --best 2 --beam 2", 2, "Invalid --vectors: it does not go");
  }

  private static void refused(String options, int code, String reason) {
    Execution execution = run("predict --model DIR/run " + options);
    assertTrue(execution.err().contains(reason), execution::err);
    assertEquals(code, execution.code(), execution::err);
    assertEquals("", execution.out());
  }
}
