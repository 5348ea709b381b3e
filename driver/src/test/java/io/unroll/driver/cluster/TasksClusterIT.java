package io.unroll.driver.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.CommandProcess;
import io.unroll.driver.process.RunFolder;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What holds for every task on a cluster: a driver that is killed goes on to the same bytes, on two
 * executors as in one process.
 */
@ExtendWith(Trainings.Resolver.class)
class TasksClusterIT {
  private static final int COUNT = 600;
  private static final int ROUNDS = 8;

  private final Trainings trainings;

  TasksClusterIT(Trainings trainings) {
    this.trainings = trainings;
  }

  /** What is trained; running text is in the other tests. */
  enum Task {
    CAPTIONS,
    ANSWERS,
    LABELS,
    TAGS,
    VECTORS,
    PAIRS
  }

  @AfterEach
  void leavesNoExecutors() throws Exception {
    trainings.cluster().awaitNoExecutors();
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void killedItGoesOnToTheSameBytesOnTwoExecutorsAsInOneProcess(Task task) throws Exception {
    String name = task.name().toLowerCase(Locale.ROOT);
    Path data = trainings.folder().resolve(name + "-data");
    List<String> prep = new ArrayList<>(List.of(Trainings.LAUNCHER, "prep"));
    prep.addAll(arguments(task));
    prep.addAll(List.of("--output=" + data, "--master=local[1]"));
    trainings.submitHere(trainings.run(name + "-prep"), prep).await(0);

    RunFolder whole = trainings.run(name + "-whole");
    trainings.submitHere(whole, train(task, data, whole, "--master=local[1]")).await(0);

    RunFolder killed = trainings.run(name + "-killed");
    CommandProcess first = trainings.submit(killed, train(task, data, killed));
    first.until(() -> killed.rounds() >= 2);
    first.kill();
    int rounds = killed.rounds();
    assertTrue(rounds >= 2 && rounds < ROUNDS, () -> "killed after round " + rounds);
    trainings.submit(killed, train(task, data, killed)).await(0);
    assertArrayEquals(whole.parameters(), killed.parameters());
  }

  private static List<String> train(Task task, Path data, RunFolder run, String... more) {
    List<String> words = new ArrayList<>(List.of(Trainings.LAUNCHER, "train"));
    words.addAll(List.of("--data=" + data, "--run=" + run.path(), "--model.dropout=0.1"));
    words.addAll(List.of("--model.layers=2", "--model.hidden=128", "--model.embedding=16"));
    words.addAll(List.of("--training.batch=8", "--training.epochs=40"));
    words.addAll(List.of("--training.max-rounds=" + ROUNDS, "--averaging.lanes=2"));
    words.addAll(List.of("--averaging.interval=60", "--checkpoint.every=0s"));
    words.add("--validation.split=train");
    if (task == Task.CAPTIONS || task == Task.ANSWERS) {
      words.add("--sample.length=0");
    } else if (task == Task.PAIRS) {
      words.addAll(List.of("--model.encoder-hidden=48", "--model.input-dropout=0.1"));
    } else {
      words.addAll(List.of("--model.input-dropout=0.1", "--model.connections=residual"));
    }
    words.addAll(List.of(more));
    return words;
  }

  private List<String> arguments(Task task) throws IOException {
    return switch (task) {
      case CAPTIONS -> captions();
      case ANSWERS -> generated("addition");
      case LABELS -> generated("parity");
      case TAGS -> tags();
      case VECTORS -> vectors();
      case PAIRS -> pairs();
    };
  }

  /** Numbers, and the same in the opposite order. */
  private List<String> pairs() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int x = 0; x < COUNT; x++) {
      lines.append(x % 7).append(' ').append(x % 10).append(' ').append(x % 3).append('\t');
      lines.append(x % 3).append(' ').append(x % 10).append(' ').append(x % 7).append('\n');
    }
    Path file = write("pairs.tsv", lines.toString().getBytes(StandardCharsets.UTF_8));
    return List.of("pairs", "--tokenizer=word", "--input=" + file);
  }

  private static List<String> generated(String task) {
    return List.of("generate", "--task=" + task, "--train=" + COUNT, "--valid=0", "--test=0");
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(trainings.folder().resolve(name), bytes);
  }

  private List<String> captions() throws IOException {
    StringBuilder images = new StringBuilder();
    StringBuilder captions = new StringBuilder();
    for (int x = 1; x <= COUNT; x++) {
      String comma = x > 1 ? "," : "";
      images.append(comma).append("{\"id\":").append(x).append('}');
      captions
          .append(comma)
          .append(
              String.format(
                  Locale.ROOT,
                  "{\"id\":%d,\"image_id\":%d,\"caption\":\"a cat on mat %d\"}",
                  x,
                  x,
                  x % 50));
    }
    String json = "{\"images\":[" + images + "],\"annotations\":[" + captions + "]}";
    Path file = write("captions.json", json.getBytes(StandardCharsets.UTF_8));
    return List.of("coco", "--input=" + file);
  }

  private List<String> tags() throws IOException {
    Random random = new Random(2);
    StringBuilder sentences = new StringBuilder();
    for (int sentence = 0; sentence < COUNT; sentence++) {
      int words = 1 + random.nextInt(9);
      for (int word = 1; word <= words; word++) {
        boolean verb = random.nextBoolean();
        sentences
            .append(word)
            .append(verb ? "\tgo" : "\tdog")
            .append(random.nextInt(20))
            .append("\t_\t")
            .append(verb ? "VERB" : "NOUN")
            .append("\t_\t_\t_\t_\t_\t_\n");
      }
      sentences.append('\n');
    }
    Path file = write("tags.conllu", sentences.toString().getBytes(StandardCharsets.UTF_8));
    return List.of("conllu", "--tags=upos", "--characters", "--input=" + file);
  }

  /** Pictures of six rows of four, whose label is the brightest column. */
  private List<String> vectors() throws IOException {
    Random random = new Random(3);
    ByteArrayOutputStream images = new ByteArrayOutputStream();
    ByteArrayOutputStream labels = new ByteArrayOutputStream();
    DataOutputStream image = new DataOutputStream(images);
    DataOutputStream label = new DataOutputStream(labels);
    for (int number : new int[] {0x803, COUNT, 6, 4}) {
      image.writeInt(number);
    }
    label.writeInt(0x801);
    label.writeInt(COUNT);
    for (int picture = 0; picture < COUNT; picture++) {
      int bright = random.nextInt(4);
      for (int pixel = 0; pixel < 24; pixel++) {
        image.writeByte(random.nextInt(60) + (pixel % 4 == bright ? 150 : 0));
      }
      label.writeByte(bright);
    }
    Path pixels = write("images-idx3-ubyte", images.toByteArray());
    Path classes = write("labels-idx1-ubyte", labels.toByteArray());
    return List.of("vectors", "--input=" + pixels, "--labels=" + classes);
  }
}
