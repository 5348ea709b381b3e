package io.unroll.driver.cli;

import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.generate.Frames;
import io.unroll.dataprep.generate.Glimpses;
import io.unroll.dataprep.generate.ParityOptions;
import io.unroll.dataprep.generate.ParityOptions.Lengths;
import io.unroll.dataprep.generate.ParityPreparation;
import io.unroll.dataprep.generate.TextGeneration;
import io.unroll.dataprep.generate.TextGenerator;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.vectors.VectorUris;
import io.unroll.dataprep.vectors.VectorView;
import io.unroll.dataprep.vectors.VectorsPreparation;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Examples that a rule makes to dataset. */
@Command(
    name = "generate",
    description = "Makes a dataset by a rule, to see what models can learn.",
    sortOptions = false,
    footer = {
      "",
      "parity: strings of zeros and ones; the label is 1 where the number of ones is odd.",
      "addition: sums of two numbers, such as 535+61=596; the answer is to be predicted.",
      "programs: lines of Python; what they print is to be predicted.",
      "glimpses: pictures, each as six windows of 8 x 8 numbers on a fixed path, with their places.",
      "frames: pictures, each as a clip in which it drifts into view, with labels for each frame.",
      "See docs/formats/dataset.md."
    })
final class PrepGenerateCommand extends PrepSubcommand {
  /** What can be made, and the groups of options that it has: of what is read, and of its own. */
  private enum Task {
    parity(GeneratedCounts.class, StringLengths.class),
    addition(GeneratedCounts.class, GeneratedTextOptions.class),
    programs(GeneratedCounts.class, GeneratedTextOptions.class),
    glimpses(ArrayInputs.class, GlimpseOptions.class),
    frames(ArrayInputs.class, FrameOptions.class);

    private final Class<?> source;
    private final Class<?> own;

    Task(Class<?> source, Class<?> own) {
      this.source = source;
      this.own = own;
    }

    boolean has(Class<?> group) {
      return group.equals(source) || group.equals(own);
    }
  }

  @Option(
      names = "--task",
      required = true,
      paramLabel = "NAME",
      description = "parity, addition, programs, glimpses or frames")
  private String task;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "decides about all examples (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @ArgGroup(exclusive = false, heading = "Of parity, addition and programs:%n", order = 1)
  private GeneratedCounts counts = new GeneratedCounts();

  @ArgGroup(exclusive = false, heading = "Of parity:%n", order = 2)
  private StringLengths lengths = new StringLengths();

  @ArgGroup(exclusive = false, heading = "Of addition and programs:%n", order = 3)
  private GeneratedTextOptions text = new GeneratedTextOptions();

  @ArgGroup(exclusive = false, heading = "Of glimpses and frames:%n", order = 4)
  private ArrayInputs pictures = new ArrayInputs();

  @ArgGroup(exclusive = false, heading = "Of glimpses:%n", order = 5)
  private GlimpseOptions glimpses = new GlimpseOptions();

  @ArgGroup(exclusive = false, heading = "Of frames:%n", order = 6)
  private FrameOptions frames = new FrameOptions();

  @Spec private CommandSpec spec;

  @Override
  Function<SparkSession, PreparationSummary> preparation() {
    Task chosen = task();
    requireOptionsOf(chosen);
    return switch (chosen) {
      case parity -> parity();
      case addition -> text(text.addition(seed));
      case programs -> text(text.programs(seed));
      case glimpses -> pictures(new Glimpses(glimpses.path()));
      case frames -> pictures(frames());
    };
  }

  private Task task() {
    return Arrays.stream(Task.values())
        .filter(known -> known.name().equals(task))
        .findFirst()
        .orElseThrow(
            () ->
                invalid(
                    "--task",
                    task,
                    "one of "
                        + Arrays.stream(Task.values())
                            .map(Task::name)
                            .collect(Collectors.joining(", "))));
  }

  /** An option of another task would have no effect. */
  private void requireOptionsOf(Task chosen) {
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      ArgGroupSpec group = option.group();
      if (group != null && !chosen.has(group.typeInfo().getType())) {
        throw new IllegalArgumentException(
            "Invalid %s: --task %s has no such option".formatted(option.longestName(), task));
      }
    }
    if (chosen.has(ArrayInputs.class) && pictures.train() == null) {
      throw new IllegalArgumentException(
          "Missing --input and --labels (expected the pictures that --task %s is made of)"
              .formatted(task));
    }
  }

  private Function<SparkSession, PreparationSummary> parity() {
    Map<Split, Lengths> bySplit = new EnumMap<>(Split.class);
    bySplit.put(Split.TRAIN, lengths.usual());
    bySplit.put(Split.VALID, lengths.usual());
    bySplit.put(Split.TEST, lengths.ofTest());
    var options = new ParityOptions(target(), counts.bySplit(), bySplit, seed);
    return spark -> new ParityPreparation(spark, options).run();
  }

  private Function<SparkSession, PreparationSummary> text(TextGenerator generator) {
    var generation = new TextGeneration(target(), generator, counts.bySplit());
    return generation::run;
  }

  private Frames frames() {
    return new Frames(frames.frames(), frames.labels(), pictures.scaling().background(), seed);
  }

  private Function<SparkSession, PreparationSummary> pictures(VectorView view) {
    pictures.requireLabels();
    VectorUris uris = pictures.arrays();
    var scaling = pictures.scaling();
    var settings =
        new ExampleSettings(
            target(),
            Target.LABEL,
            pictures.division(null, seed),
            ExampleSettings.Bad.REFUSED,
            0,
            Optional.empty());
    return spark ->
        new VectorsPreparation(spark, uris, pictures.classes(), scaling, view, settings).run();
  }
}
