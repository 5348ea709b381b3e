package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.unroll.dataprep.DataException;
import io.unroll.dataprep.images.ImageEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command images, with a network that PyTorch has trained on drawn shapes; test/golden has the
 * script.
 */
class ImagesIT {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  /** How the network was trained to see pictures. */
  private static final String PIXELS =
      " --mean 0.485,0.456,0.406 --deviation 0.229,0.224,0.225 --network ";

  @TempDir private Path folder;

  private Execution run(String command) {
    String line = "images --output DIR/out --master local[2] --quiet " + command;
    return Execution.of(
        line.replace("DIR", folder.toString()).replace("GOLDEN", GOLDEN.toString()).split(" +"));
  }

  private Execution done(String command) {
    Execution execution = run(command);
    assertEquals(0, execution.code(), execution::err);
    return execution;
  }

  /** The vectors that were written, by image. */
  private NavigableMap<Long, Row> written() throws IOException {
    NavigableMap<Long, Row> rows = new TreeMap<>();
    try (SparkSession spark =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", false).getOrCreate()) {
      List<Long> order = new ArrayList<>();
      for (Row row : spark.read().parquet(folder.resolve("out").toString()).collectAsList()) {
        rows.put(row.getLong(0), row);
        order.add(row.getLong(0));
      }
      assertEquals(new ArrayList<>(rows.keySet()), order);
    }
    return rows;
  }

  private static JsonNode golden() throws IOException {
    return new ObjectMapper().readTree(GOLDEN.resolve("vectors.json").toFile());
  }

  private static float[] numbers(JsonNode list) {
    float[] numbers = new float[list.size()];
    for (int x = 0; x < numbers.length; x++) {
      numbers[x] = list.get(x).floatValue();
    }
    return numbers;
  }

  private static float[] values(Row row) {
    List<Float> values = row.getList(row.fieldIndex("values"));
    float[] numbers = new float[values.size()];
    for (int x = 0; x < numbers.length; x++) {
      numbers[x] = values.get(x);
    }
    return numbers;
  }

  /** That all images have the vectors that PyTorch has for what Pillow has made of them. */
  private void assertGolden(String which, int rows, int columns) throws IOException {
    Map<Long, Row> found = written();
    JsonNode golden = golden();
    assertEquals(golden.size(), found.size());
    for (Row row : found.values()) {
      String name = Path.of(row.getString(row.fieldIndex("file"))).getFileName().toString();
      assertEquals(rows, row.<Integer>getAs("rows"), name);
      assertEquals(columns, row.<Integer>getAs("columns"), name);
      // JPEG has some freedom in the last bit of a colour.
      float tolerance = name.endsWith("jpg") ? 0.02f : 5e-4f;
      assertArrayEquals(numbers(golden.get(name).get(which)), values(row), tolerance, name);
    }
  }

  @Test
  void vectorsAreThoseOfPyTorch() throws IOException {
    JsonNode result =
        DocumentedResult.of(
            "images",
            done(
                "--json --input GOLDEN/*.png GOLDEN/*.jpg --network-output vectors --batch 2"
                    + PIXELS
                    + "GOLDEN/shapes.onnx"));
    assertEquals(5, result.get("images").intValue());
    assertEquals(32, result.get("width").intValue());
    assertGolden("vectors", 1, 24);
    JsonNode manifest =
        new ObjectMapper().readTree(folder.resolve("out").resolve(ImageEncoding.MANIFEST).toFile());
    assertEquals("rgb", manifest.get("pictures").get("channels").textValue());
    assertEquals(0.456, manifest.get("pictures").get("mean").get(1).doubleValue());
    assertEquals(64, manifest.get("network").get("sha-256").textValue().length());
    assertTrue(manifest.get("network").get("runtime").textValue().startsWith("ONNX Runtime 1."));
  }

  @Test
  void aGridIsAVectorForEachPlace() throws IOException {
    done("--input GOLDEN/*.png GOLDEN/*.jpg --network-output grid" + PIXELS + "GOLDEN/shapes.onnx");
    assertGolden("grid", 16, 24);
  }

  /** Five pictures in batches of two: what is left of the last batch is passed over. */
  @Test
  void networksMayReadChannelsLastAndAFixedBatch() throws IOException {
    done("--input GOLDEN/*.png GOLDEN/*.jpg --size 32" + PIXELS + "GOLDEN/shapes-last.onnx");
    assertGolden("vectors", 1, 24);
  }

  @Test
  void vectorsGoIntoADatasetOfCaptions() throws IOException {
    done(
        "--input GOLDEN/*.png GOLDEN/*.jpg --network-output vectors"
            + PIXELS
            + "GOLDEN/shapes.onnx");
    StringBuilder captions = new StringBuilder("{\"images\": [");
    StringBuilder annotations = new StringBuilder("], \"annotations\": [");
    for (int image = 1; image <= 5; image++) {
      String comma = image > 1 ? ", " : "";
      captions.append("%s{\"id\": %s}".formatted(comma, image));
      annotations.append(
          "%s{\"image_id\": %s, \"id\": %s, \"caption\": \"a shape number %s\"}"
              .formatted(comma, image, image, image));
    }
    Files.writeString(
        folder.resolve("captions.json"), captions.append(annotations).append("]}").toString());
    Execution prepared =
        Execution.of(
            ("prep coco --input DIR/captions.json --vectors DIR/out --vectors-format parquet"
                    + " --min-count 1 --fractions 1,0,0 --output DIR/data --master local[2]"
                    + " --quiet --json")
                .replace("DIR", folder.toString())
                .split(" "));
    assertEquals(0, prepared.code(), prepared::err);
    JsonNode train = DocumentedResult.line(prepared).get("splits").get("train");
    assertEquals(5, train.get("rows").intValue());
  }

  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    String network = PIXELS + "GOLDEN/shapes.onnx --input GOLDEN/circle_0001.png ";
    refused(network, ExitCode.BAD_DATA, "choose one of its outputs by --network-output: vectors");
    refused(network + "--network-output x", ExitCode.BAD_DATA, "it has no output x");
    String vectors = network + "--network-output vectors ";
    refused(vectors + "--size 64", ExitCode.BAD_DATA, "it reads those of 32x32");
    String plain =
        "--network GOLDEN/shapes.onnx --input GOLDEN/circle_0001.png --network-output vectors ";
    refused(plain + "--channels grey", ExitCode.BAD_DATA, "3 numbers of a pixel");
    refused(
        "--input GOLDEN/circle_0001.png" + PIXELS + "GOLDEN/shapes-last.onnx",
        ExitCode.BAD_DATA,
        "without --size");
    refused(vectors + "--size 3x", ExitCode.USAGE, "Invalid --size: 3x");
    refused(plain + "--mean 1,2", ExitCode.USAGE, "Invalid mean");
    refused(plain + "--deviation 0", ExitCode.USAGE, "Invalid deviation");
    refused(
        "--input GOLDEN/vectors.json" + PIXELS + "GOLDEN/shapes.onnx --network-output vectors",
        ExitCode.BAD_DATA,
        "its name has no number");
    Files.copy(GOLDEN.resolve("circle_0001.png"), folder.resolve("other-1.png"));
    refused(
        vectors + "--input DIR/other-1.png",
        ExitCode.BAD_DATA,
        "its image id, the last number of its name, is 1");
    assertFalse(Files.exists(folder.resolve("out")));
  }

  private void refused(String command, ExitCode code, String reason) {
    Execution execution = run(command);
    assertTrue(execution.err().contains(reason), execution::err);
    assertEquals(code.code(), execution.code(), execution::err);
  }

  @Test
  void badPicturesAreNamedOrLeftOut() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    byte[] good = Files.readAllBytes(GOLDEN.resolve("circle_0004.jpg"));
    Files.write(pictures.resolve("1.jpg"), good);
    Files.write(pictures.resolve("2.jpg"), Arrays.copyOf(good, 200));
    Files.writeString(pictures.resolve("3.txt"), "no picture");
    String command =
        "--input DIR/pictures --network-output vectors" + PIXELS + "GOLDEN/shapes.onnx ";
    refused(command, ExitCode.BAD_DATA, "2.jpg: it is damaged");
    assertFalse(Files.exists(folder.resolve("out")));
    assertTrue(done(command + "--skip-bad").out().contains("2 files left out"));
    assertEquals(1, written().size());
  }

  /** Whatever is in a file that should be a network, it is refused in words, or computed. */
  @Test
  void damagedNetworksAreRefused() throws IOException {
    byte[] good = Files.readAllBytes(GOLDEN.resolve("shapes.onnx"));
    var runtime = ImageEncoding.runtime().orElseThrow();
    Random random = new Random(1);
    int refused = 0;
    for (int n = 0; n < 60; n++) {
      byte[] damaged = Arrays.copyOf(good, n % 2 == 0 ? random.nextInt(good.length) : good.length);
      for (int x = 0; n % 2 == 1 && x < 5; x++) {
        damaged[random.nextInt(400)] = (byte) random.nextInt();
      }
      try {
        runtime.open(damaged, "x.onnx", Optional.of("vectors")).close();
      } catch (DataException e) {
        assertTrue(e.getMessage().contains("x.onnx"), e.getMessage());
        refused++;
      }
    }
    assertTrue(refused > 40, refused + " of 60");
  }
}
