package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.coco.CocoOptions;
import io.unroll.dataprep.coco.CocoPreparation;
import io.unroll.dataprep.counting.NewTokens;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.dataset.Manifest;
import io.unroll.dataprep.dataset.Source;
import io.unroll.dataprep.dataset.SourceChanges;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.text.Normalization;
import io.unroll.dataprep.text.Normalization.Form;
import io.unroll.dataprep.text.Normalization.LineEnds;
import io.unroll.dataprep.text.TextOptions;
import io.unroll.dataprep.text.TextPreparation;
import io.unroll.driver.report.ProgressLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Corpus to dataset. */
@Command(
    name = "prep",
    description = "Turns a corpus into a dataset: tokens in Parquet, a vocabulary, a manifest.",
    sortOptions = false,
    footer = {
      "",
      "Inputs are files, folders or globs, as paths or Hadoop URIs; what is packed with gzip, bzip2,",
      "xz or Zstandard is unpacked. A name that is there is taken as it is, also if it looks like a",
      "glob.",
      "See docs/formats/dataset.md."
    })
final class PrepCommand implements Callable<Integer> {
  /** The kinds of corpora. */
  enum Kind {
    text,
    coco
  }

  @Option(
      names = "--kind",
      required = true,
      description = "running text, or COCO captions: ${COMPLETION-CANDIDATES}")
  private Kind kind;

  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "URI",
      description = "text files, or COCO's captions_*.json")
  private List<String> input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description = "directory of the dataset")
  private String output;

  @Option(names = "--overwrite", description = "replaces the dataset that may be at --output")
  private boolean overwrite;

  @Option(
      names = "--since",
      paramLabel = "URI",
      description =
          "an earlier dataset, which may be the one at --output: the manifest and the summary tell"
              + " which files are new since then")
  private String since;

  @Mixin private VocabularyOptions vocabularyOptions;

  @Option(
      names = "--line-ends",
      paramLabel = "NAME",
      description =
          "of text: as-is, or lf: carriage returns become line feeds (default: ${DEFAULT-VALUE})")
  private String lineEnds = "as-is";

  @Option(
      names = "--normalize",
      paramLabel = "NAME",
      description =
          "of text: none, or Unicode's form nfc (letters with their accents) or nfkc (ligatures and"
              + " full-width letters too) (default: ${DEFAULT-VALUE})")
  private String normalize = "none";

  @Option(
      names = "--fractions",
      split = ",",
      arity = "1",
      paramLabel = "X",
      description =
          "shares of train, valid and test, such as 0.9,0.1,0, of the running text or of the images"
              + " (default: 0.9,0.1,0)")
  private List<Double> fractions;

  @Option(
      names = "--valid-input",
      arity = "1..*",
      paramLabel = "URI",
      description = "text to validate on, instead of a share of --input")
  private List<String> validInput = new ArrayList<>();

  @Option(
      names = "--test-input",
      arity = "1..*",
      paramLabel = "URI",
      description = "text to test on, instead of a share of --input")
  private List<String> testInput = new ArrayList<>();

  @Option(
      names = "--block-length",
      paramLabel = "N",
      description = "of text: tokens in a row of the dataset (default: 65536; at least 2)")
  private Integer blockLength;

  @Option(
      names = "--valid-images",
      arity = "1..*",
      paramLabel = "URI",
      description = "of coco: lists of images to validate on, the id last in each line")
  private List<String> validImages = new ArrayList<>();

  @Option(
      names = "--test-images",
      arity = "1..*",
      paramLabel = "URI",
      description = "of coco: lists of images to test on, the id last in each line")
  private List<String> testImages = new ArrayList<>();

  @Mixin private SparkOptions sparkOptions;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Function<SparkSession, PreparationSummary> preparation = preparation();
    ProgressLog log = quiet.progress(spec.commandLine().getErr());
    try (SparkSession spark = sparkOptions.open("prep " + output)) {
      PreparationSummary summary =
          JobProgress.during(() -> preparation.apply(spark), spark.sparkContext(), log);
      result.print(List.of(summary.text()), object -> put(summary, object));
      return ExitCode.DONE.code();
    }
  }

  private void put(PreparationSummary summary, ObjectNode object) {
    Manifest manifest = summary.manifest();
    object
        .put("kind", kind.name())
        .put("output", summary.output())
        .put("fingerprint", manifest.contentFingerprint())
        .put("vocabulary-size", manifest.vocabularySize())
        .put("vocabulary-fingerprint", manifest.vocabularyFingerprint());
    putNewTokens(summary.newTokens(), object);
    object
        .put("source-files", manifest.sources().size())
        .put("source-bytes", manifest.sources().stream().mapToLong(Source::bytes).sum());
    putChanges(manifest.since(), object);
    ObjectNode splits = object.putObject("splits");
    manifest
        .splits()
        .forEach(
            (split, content) ->
                splits
                    .putObject(split.label())
                    .put("tokens", content.tokens())
                    .put("unknown", content.unknown())
                    .put("rows", content.rows())
                    .put("images", content.images()));
    ArrayNode notes = object.putArray("notes");
    summary.remarks().forEach(notes::add);
  }

  private static void putNewTokens(Optional<NewTokens> newTokens, ObjectNode object) {
    object.put("new-tokens", newTokens.map(added -> added.tokens().size()).orElse(null));
    if (newTokens.isEmpty()) {
      object.putNull("new-token-examples");
    } else {
      ArrayNode examples = object.putArray("new-token-examples");
      newTokens.get().first().forEach(count -> examples.add(count.token()));
    }
  }

  private static void putChanges(Optional<SourceChanges> since, ObjectNode object) {
    if (since.isEmpty()) {
      object.putNull("since");
      return;
    }
    SourceChanges changes = since.get();
    ObjectNode into = object.putObject("since");
    into.put("dataset", changes.dataset())
        .put("fingerprint", changes.fingerprint())
        .put("new-bytes", changes.added().stream().mapToLong(Source::bytes).sum());
    putFiles(changes.added(), into.putArray("new"));
    putFiles(changes.changed(), into.putArray("changed"));
    putFiles(changes.gone(), into.putArray("gone"));
  }

  private static void putFiles(List<Source> files, ArrayNode into) {
    files.forEach(file -> into.add(file.uri()));
  }

  /** Checks everything that can be checked before Spark starts. */
  private Function<SparkSession, PreparationSummary> preparation() {
    try {
      if (kind == Kind.text) {
        refuseOfOtherKind("--valid-images", "--test-images");
        TextOptions options = textOptions();
        return spark -> new TextPreparation(spark, options).run();
      }
      refuseOfOtherKind(
          "--tokenizer",
          "--max-vocabulary",
          "--lower-case",
          "--block-length",
          "--line-ends",
          "--normalize",
          "--valid-input",
          "--test-input");
      CocoOptions options = cocoOptions();
      return spark -> new CocoPreparation(spark, options).run();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void refuseOfOtherKind(String... names) {
    for (String name : names) {
      if (spec.commandLine().getParseResult().hasMatchedOption(name)) {
        throw new IllegalArgumentException(
            "Invalid %s: --kind %s has no such option".formatted(name, kind));
      }
    }
  }

  private TextOptions textOptions() {
    return new TextOptions(
        input,
        validInput,
        testInput,
        target(),
        vocabularyOptions.ofText(),
        shares(),
        blockLength == null ? TextOptions.DEFAULT_BLOCK_LENGTH : blockLength,
        new Normalization(lineEnds(), form()));
  }

  private DatasetTarget target() {
    return new DatasetTarget(output, overwrite, Optional.ofNullable(since));
  }

  private LineEnds lineEnds() {
    return switch (lineEnds) {
      case "as-is" -> LineEnds.AS_IS;
      case "lf" -> LineEnds.LF;
      default -> throw invalid("--line-ends", lineEnds, "as-is or lf");
    };
  }

  private Form form() {
    return switch (normalize) {
      case "none" -> Form.AS_IS;
      case "nfc" -> Form.NFC;
      case "nfkc" -> Form.NFKC;
      default -> throw invalid("--normalize", normalize, "none, nfc or nfkc");
    };
  }

  private static IllegalArgumentException invalid(String option, String value, String expected) {
    return new IllegalArgumentException(
        "Invalid %s: %s (expected %s)".formatted(option, value, expected));
  }

  private CocoOptions cocoOptions() {
    return new CocoOptions(
        input, target(), vocabularyOptions.ofCaptions(), validImages, testImages, shares());
  }

  /** Null if none are given: what holds then is data-prep's business. */
  private Fractions shares() {
    if (fractions == null) {
      return null;
    }
    if (fractions.size() < 2 || fractions.size() > 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid --fractions: %d numbers (expected train,valid or train,valid,test)",
              fractions.size()));
    }
    double test = fractions.size() == 3 ? fractions.get(2) : 0;
    return new Fractions(fractions.get(0), fractions.get(1), test);
  }
}
