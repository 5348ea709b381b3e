package io.unroll.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.conllu.ConlluColumn;
import io.unroll.dataprep.conllu.ConlluPreparation;
import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.examples.Division;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleSettings.Bad;
import io.unroll.dataprep.examples.ExampleSettings.PairSettings;
import io.unroll.dataprep.examples.ExampleSettings.TokenSettings;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.generate.Addition;
import io.unroll.dataprep.generate.TextGeneration;
import io.unroll.dataprep.lines.LineFormat;
import io.unroll.dataprep.lines.LinesPreparation;
import io.unroll.dataprep.pairs.PairsPreparation;
import io.unroll.dataprep.tokenize.SequenceTokenizer;
import io.unroll.dataprep.tokenize.WordTokenizer;
import io.unroll.dataprep.vectors.Scaling;
import io.unroll.dataprep.vectors.VectorUris;
import io.unroll.dataprep.vectors.VectorsPreparation;
import io.unroll.dataprep.vectors.Whole;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.report.ValidationMetrics;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every task: the same bytes, interrupted or not, on one core or two. */
class TasksIT extends RunsOnSpark {
  private static final int COUNT = 60;

  /** What is trained. */
  enum Task {
    TEXT,
    CAPTIONS,
    ANSWERS,
    LABELS,
    TAGS,
    VECTORS,
    PAIRS;

    boolean isLabelling() {
      return this == LABELS || this == TAGS || this == VECTORS;
    }

    boolean hasAccuracy() {
      return isLabelling() || this == ANSWERS;
    }
  }

  private static Path dataset(Task task) throws IOException {
    return switch (task) {
      case TEXT -> data;
      case CAPTIONS -> prepareCaptions();
      case ANSWERS -> prepareSums();
      case LABELS -> prepareLines();
      case TAGS -> prepareTags();
      case VECTORS -> prepareVectors();
      case PAIRS -> preparePairs();
    };
  }

  /** What is read, and the same words in the opposite order. */
  private static Path preparePairs() throws IOException {
    Random random = new Random(4);
    StringBuilder lines = new StringBuilder();
    for (int line = 0; line < COUNT; line++) {
      List<String> words = new ArrayList<>();
      for (int word = random.nextInt(6); word >= 0; word--) {
        words.add("word" + random.nextInt(9));
      }
      lines.append(String.join(" ", words)).append('\t');
      Collections.reverse(words);
      lines.append(String.join(" ", words)).append('\n');
    }
    Path file = Files.writeString(folder.resolve("pairs.tsv"), lines);
    Path output = folder.resolve("pairs");
    CountedVocabulary vocabulary =
        new CountedVocabulary(new SequenceTokenizer(new WordTokenizer(true, 1, 0)));
    ExampleSettings settings =
        new ExampleSettings(
            new DatasetTarget(output.toString(), true),
            Division.of(uris(file), null, 1, false),
            Bad.REFUSED,
            new TokenSettings(vocabulary, false, 1),
            new PairSettings(Optional.empty(), 0, 0));
    onSpark(
        "local[2]",
        spark -> new PairsPreparation(spark, settings).run(uris(file), LineFormat.DEFAULT));
    return output;
  }

  private static Path prepareSums() {
    Path output = folder.resolve("sums");
    DatasetTarget target = new DatasetTarget(output.toString(), true);
    Map<Split, Long> counts = Map.of(Split.TRAIN, (long) COUNT, Split.VALID, 20L);
    onSpark(
        "local[2]",
        spark -> new TextGeneration(target, new Addition(1, false, false, 1), counts).run(spark));
    return output;
  }

  private static ExampleSettings settings(Path output, Target target, boolean characters) {
    ExampleUris uris = new ExampleUris(List.of("x"), List.of(), List.of());
    CountedVocabulary vocabulary = new CountedVocabulary(new WordTokenizer(true, 1, 0));
    return new ExampleSettings(
        new DatasetTarget(output.toString(), true),
        target,
        Division.of(uris, null, 1, false),
        Bad.REFUSED,
        0,
        Optional.of(new TokenSettings(vocabulary, characters, 1)));
  }

  private static ExampleUris uris(Path file) {
    return new ExampleUris(List.of(file.toString()), List.of(), List.of());
  }

  /** The label is whether the text has the word good. */
  private static Path prepareLines() throws IOException {
    Random random = new Random(1);
    StringBuilder lines = new StringBuilder();
    for (int line = 0; line < COUNT; line++) {
      boolean good = random.nextBoolean();
      lines.append(good ? "yes" : "no").append('\t');
      for (int word = random.nextInt(6); word >= 0; word--) {
        lines.append("word").append(random.nextInt(9)).append(' ');
      }
      lines.append(good ? "good" : "bad").append('\n');
    }
    Path file = Files.writeString(folder.resolve("lines.tsv"), lines);
    Path output = folder.resolve("labels");
    onSpark(
        "local[2]",
        spark ->
            new LinesPreparation(
                    spark, uris(file), LineFormat.DEFAULT, settings(output, Target.LABEL, false))
                .run());
    return output;
  }

  private static Path prepareTags() throws IOException {
    Random random = new Random(2);
    StringBuilder sentences = new StringBuilder();
    for (int sentence = 0; sentence < COUNT; sentence++) {
      int words = 1 + random.nextInt(6);
      for (int word = 1; word <= words; word++) {
        boolean verb = random.nextBoolean();
        String form = (verb ? "go" : "dog") + random.nextInt(20) + (verb ? "ing" : "s");
        sentences
            .append(word)
            .append('\t')
            .append(form)
            .append("\t_\t")
            .append(verb ? "VERB" : "NOUN")
            .append("\t_\t_\t_\t_\t_\t_\n");
      }
      sentences.append('\n');
    }
    Path file = Files.writeString(folder.resolve("tags.conllu"), sentences);
    Path output = folder.resolve("tags");
    onSpark(
        "local[2]",
        spark ->
            new ConlluPreparation(
                    spark, uris(file), ConlluColumn.of("upos"), settings(output, Target.TAGS, true))
                .run());
    return output;
  }

  /** Pictures of four rows of three; the label is the brightest column. */
  private static Path prepareVectors() throws IOException {
    Random random = new Random(3);
    ByteArrayOutputStream images = new ByteArrayOutputStream();
    ByteArrayOutputStream labels = new ByteArrayOutputStream();
    DataOutputStream image = new DataOutputStream(images);
    DataOutputStream label = new DataOutputStream(labels);
    for (int number : new int[] {0x803, COUNT, 4, 3}) {
      image.writeInt(number);
    }
    label.writeInt(0x801);
    label.writeInt(COUNT);
    for (int picture = 0; picture < COUNT; picture++) {
      int bright = random.nextInt(3);
      for (int pixel = 0; pixel < 12; pixel++) {
        image.writeByte(random.nextInt(60) + (pixel % 3 == bright ? 150 : 0));
      }
      label.writeByte(bright);
    }
    Path pixels = Files.write(folder.resolve("images-idx3-ubyte"), images.toByteArray());
    Path classes = Files.write(folder.resolve("labels-idx1-ubyte"), labels.toByteArray());
    Path output = folder.resolve("vectors");
    ExampleSettings settings =
        new ExampleSettings(
            new DatasetTarget(output.toString(), true),
            Target.LABEL,
            new Division.Last(12),
            Bad.REFUSED,
            0,
            Optional.empty());
    onSpark(
        "local[2]",
        spark ->
            new VectorsPreparation(
                    spark,
                    new VectorUris(uris(pixels), uris(classes)),
                    Optional.empty(),
                    Scaling.DEFAULT,
                    new Whole(),
                    settings)
                .run());
    return output;
  }

  private static RunConfiguration configuration(Task task, Path dataset, String run) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("data", dataset.toString());
    settings.put("run", folder.resolve(task + "-" + run).toString());
    settings.put("model.hidden", "10");
    settings.put("model.embedding", "6");
    settings.put("model.dropout", "0.1");
    settings.put("training.batch", "4");
    settings.put("training.epochs", "2");
    settings.put("training.max-rounds", "3");
    settings.put("averaging.lanes", "2");
    settings.put("averaging.interval", "2");
    settings.put("checkpoint.every", "0s");
    settings.put("validation.every", "2");
    if (task == Task.PAIRS) {
      settings.put("model.encoder-hidden", "8");
      settings.put("model.attention-size", "7");
      settings.put("model.attention-gate", "true");
      settings.put("model.attention-coverage", "0.1");
      settings.put("model.condition", "both");
      settings.put("model.input-dropout", "0.1");
      settings.put("model.label-smoothing", "0.1");
      settings.put("model.tie-weights", "true");
      return RunConfiguration.of(settings);
    }
    settings.put("model.connections", "residual");
    if (task.isLabelling()) {
      settings.put("model.word-dropout", "0.1");
      settings.put("model.input-dropout", "0.1");
      settings.put("model.locked-dropout", "true");
      settings.put("model.pooling", "max,last");
      settings.put("model.character-hidden", "4");
    } else {
      if (task == Task.ANSWERS) {
        settings.put("training.order", "dataset");
      }
      settings.put("training.window", "8");
      settings.put("sample.length", "5");
    }
    return RunConfiguration.of(settings);
  }

  private static void assertSame(Task task, String run) throws IOException {
    assertArrayEquals(parameters(task + "-whole"), parameters(task + "-" + run), run);
    assertArrayEquals(
        Files.readAllBytes(folder.resolve(task + "-whole/best/model.safetensors")),
        Files.readAllBytes(folder.resolve(task + "-" + run + "/best/model.safetensors")),
        run);
    assertEquals(scores(task, "whole"), scores(task, run));
  }

  private static List<String> scores(Task task, String run) throws IOException {
    return only(ValidationMetrics.class, events(task + "-" + run)).stream()
        .map(v -> v.round() + " " + v.loss() + " " + v.scores())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void theSameBytesInterruptedOrNotOnOneCoreOrTwo(Task task) throws IOException {
    Path dataset = dataset(task);
    assertEquals(
        TrainingOutcome.DONE,
        train("local[2]", configuration(task, dataset, "whole"), RunsOnSpark::never));

    RunConfiguration broken = configuration(task, dataset, "broken");
    int starts = 1;
    while (train("local[1]", broken, () -> true) == TrainingOutcome.INTERRUPTED) {
      starts++;
    }
    assertTrue(starts >= 2, "started " + starts + " times");
    assertSame(task, "broken");

    Map<String, String> together = Map.of("spark.task.cpus", "2");
    assertEquals(
        TrainingOutcome.DONE,
        train("local[2]", together, configuration(task, dataset, "threads"), RunsOnSpark::never));
    assertSame(task, "threads");

    assertEquals(task.hasAccuracy(), scores(task, "whole").get(0).contains("accuracy"));
  }
}
