package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.Damage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A folder with what users give by mistake: a good text, dataset and run, and damaged, unfinished
 * and foreign copies of them.
 */
final class BadInputs {
  static final String TEXT = "hello world, hello lanes.\n".repeat(200);

  private static final String CAPTIONS =
      """
      {"images": [{"id": 1}, {"id": 2}], "annotations": [
        {"id": 10, "image_id": 1, "caption": "A cat."},
        {"id": 11, "image_id": 2, "caption": "A dog."}]}""";

  /** What every training of these has in common. */
  static final String SMALL =
      " --model.hidden 8 --model.layers 1 --model.embedding 4 --training.batch 2 --training.window 8"
          + " --training.max-rounds 2 --averaging.lanes 2 --averaging.interval 2"
          + " --sample.length 5";

  private final Path folder;

  BadInputs(Path folder) {
    this.folder = folder;
  }

  /** Runs a command in which {@code DIR} stands for the folder. */
  Execution execute(String command) {
    return Execution.of(command.replace("DIR", folder.toString()).split(" "));
  }

  /** Makes them all. */
  void make() throws IOException {
    write("text.txt", TEXT);
    assertDone(
        "prep --kind text --tokenizer char --output DIR/data --input DIR/text.txt"
            + " --fractions 0.8,0.2");
    assertDone("train" + SMALL + " --run DIR/run --data DIR/data");
    makeTexts();
    makeCaptions();
    makeConfigurations();
    makeDatasets();
    makeModels();
  }

  private void makeTexts() throws IOException {
    write("empty.txt", "");
    Files.createDirectory(folder.resolve("nothing"));
    Files.write(
        folder.resolve("latin.txt"), "caf\u00e9 au lait".getBytes(StandardCharsets.ISO_8859_1));
    write("short.txt", "x");
    write("no.txt.gz", "not zipped");
    Files.createDirectory(folder.resolve("theirs"));
    write("theirs/letter.txt", "dear");
  }

  private void makeCaptions() throws IOException {
    write("cut.json", CAPTIONS.substring(0, 90));
    write("orphan.json", CAPTIONS.replace("\"image_id\": 2", "\"image_id\": 7"));
    write("twice.json", CAPTIONS.replace("\"id\": 11", "\"id\": 10"));
    write("images.json", CAPTIONS.replace("{\"id\": 2}", "{\"id\": 1}"));
    write("hostile.json", CAPTIONS.replace("\"A dog.\"", "[".repeat(100_000)));
    write("captions.json", CAPTIONS);
    write("list.txt", "1\n99\n");
  }

  private void makeConfigurations() throws IOException {
    write("malformed.yaml", "model: {layers: 1\ndata: x\n");
    write("wrong.yaml", "model: {layer: 2, hidden: many}\nrun: r\nrun: s\n");
  }

  private void makeDatasets() throws IOException {
    Files.delete(copy("data", "unfinished").resolve("manifest.json"));
    replace(copy("data", "newer").resolve("manifest.json"), "\"version\" : 2", "\"version\" : 99");
    replace(copy("data", "words").resolve("vocabulary.json"), "\"w\"", "\"W\"");
    Files.delete(part(copy("data", "partless"), "train"));
    Damage.flip(part(copy("data", "damaged"), "train"));
    Damage.flip(part(copy("data", "invalid"), "valid"));
    write("shout.txt", TEXT.toUpperCase(Locale.ROOT));
    assertDone(
        "prep --kind text --tokenizer char --output DIR/shout --input DIR/shout.txt"
            + " --fractions 0.8,0.2");
  }

  private void makeModels() throws IOException {
    Damage.flip(copy("run/best", "flipped").resolve("model.safetensors"));
    Path cut = foreign("cut");
    byte[] whole = Files.readAllBytes(cut.resolve("model.safetensors"));
    Files.write(cut.resolve("model.safetensors"), Arrays.copyOf(whole, whole.length - 100));
    replace(foreign("wider").resolve("model.json"), "\"hidden\" : 8", "\"hidden\" : 9");
    Files.writeString(foreign("broken").resolve("model.json"), "{");
    Files.delete(copy("run/best", "wordless").resolve("vocabulary.json"));
    for (Path checkpoint : files(copy("run", "lost").resolve("checkpoints"))) {
      if (checkpoint.endsWith("model.safetensors")) {
        Damage.flip(checkpoint);
      }
    }
  }

  private void assertDone(String command) {
    Execution execution = execute(command);
    assertEquals(0, execution.code(), execution.err());
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  /** A copy of a directory without Hadoop's checksums, which would find every change first. */
  private Path copy(String from, String to) throws IOException {
    Path source = folder.resolve(from);
    Path target = folder.resolve(to);
    for (Path file : files(source)) {
      if (!file.getFileName().toString().endsWith(".crc")) {
        Path copy = target.resolve(source.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return target;
  }

  /** A copy of the model as another program would have written it, without our checksums. */
  private Path foreign(String to) throws IOException {
    Path model = copy("run/best", to);
    Files.delete(model.resolve("checksums.json"));
    return model;
  }

  private static Path part(Path dataset, String split) throws IOException {
    return files(dataset.resolve("split=" + split)).stream()
        .filter(file -> file.getFileName().toString().endsWith(".parquet"))
        .findFirst()
        .orElseThrow();
  }

  private static void replace(Path file, String part, String replacement) throws IOException {
    String text = Files.readString(file);
    assertTrue(text.contains(part), text);
    Files.writeString(file, text.replace(part, replacement));
  }

  /** All files in and below a directory; none if it is not there. */
  static List<Path> files(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
    }
  }
}
