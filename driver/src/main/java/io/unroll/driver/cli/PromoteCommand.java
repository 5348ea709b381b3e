package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.evaluate.SplitEvaluation;
import io.unroll.driver.model.ModelPlace;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.registry.Candidate;
import io.unroll.driver.registry.Contest;
import io.unroll.driver.registry.HeldOut;
import io.unroll.driver.registry.Judgement;
import io.unroll.driver.registry.Promotion;
import io.unroll.driver.registry.Registry;
import io.unroll.driver.registry.RegistryWriter;
import io.unroll.driver.report.ProgressLog;
import io.unroll.driver.train.ProgramVersion;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Puts a model into service, if it is better; needs Spark for measuring only. */
@Command(
    name = "promote",
    description =
        "Copies a model to a registry as a new version and makes it the champion; with"
            + " --if-better-on only if it is better than the champion, and with exit code 10 if"
            + " not. The same command again changes nothing.",
    sortOptions = false)
final class PromoteCommand implements Callable<Integer> {
  @Mixin private ModelOptions modelOptions;

  @Mixin private RegistryOption registryOption;

  @Option(
      names = "--if-better-on",
      paramLabel = "URI",
      description = "dataset directory, on which both models are measured")
  private String data;

  @Mixin private SplitOption splitOption;

  @Option(
      names = "--by",
      paramLabel = "NATS",
      description =
          "how much lower the loss has to be than the champion's, in nats per token, from 0 on"
              + " (default: 0, which is any lower loss)")
  private Double by;

  @Option(
      names = "--run-id",
      paramLabel = "TEXT",
      description =
          "name of the run, kept with the version; a model that was promoted under it is not"
              + " promoted again after a rollback")
  private String runId;

  @Mixin private SparkOptions sparkOptions;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    check();
    ProgressLog log = quiet.progress(spec.commandLine().getErr());
    Ended ended = data == null ? promoteInAnyCase() : promoteIfBetter(log);
    result.print(lines(ended), object -> put(ended, object));
    boolean kept = ended.promotion().outcome() == Promotion.Outcome.KEPT;
    return (kept ? ExitCode.KEPT : ExitCode.DONE).code();
  }

  /** What became of the model, and the path of the version that this is about. */
  private record Ended(Promotion promotion, String path) {}

  private void check() {
    splitOption.check();
    if (data == null && (by != null || splitOption.isGiven())) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid %s: nothing is measured without --if-better-on"
              .formatted(by != null ? "--by" : "--split"));
    }
    if (by != null && !(by >= 0 && by < Double.POSITIVE_INFINITY)) {
      throw new ParameterException(
          spec.commandLine(), "Invalid --by: %s (expected a number from 0 on)".formatted(by));
    }
  }

  /** What is to serve can at least be read. */
  private Ended promoteInAnyCase() {
    Configuration hadoop = SparkSessions.hadoop();
    var unused = modelOptions.read(hadoop);
    return promote(hadoop, Optional.empty());
  }

  private Ended promoteIfBetter(ProgressLog log) throws IOException {
    try (SparkSession spark = sparkOptions.open("promote " + modelOptions.uri())) {
      Configuration hadoop = spark.sparkContext().hadoopConfiguration();
      DatasetDirectory dataset = DatasetDirectory.open(data, hadoop);
      var split = new SplitEvaluation(spark, dataset, splitOption.of(dataset, data));
      Contest contest = new Contest(new SplitJudge(split, hadoop), by == null ? 0 : by);
      return JobProgress.during(
          () -> promote(hadoop, Optional.of(contest)), spark.sparkContext(), log);
    }
  }

  /** Measures both models on one split. */
  private record SplitJudge(SplitEvaluation split, Configuration hadoop) implements Contest.Judge {
    @Override
    public double loss(String uri) {
      return split.of(TrainedModel.read(uri, hadoop)).meanLoss();
    }

    @Override
    public HeldOut on() {
      DatasetDirectory dataset = split.dataset();
      return new HeldOut(
          dataset.uri(), dataset.manifest().contentFingerprint(), split.split().label());
    }
  }

  private Ended promote(Configuration hadoop, Optional<Contest> contest) {
    try (ModelPlace place = ModelPlace.find(modelOptions.uri(), hadoop);
        RegistryWriter registry = registryOption.open(hadoop)) {
      Candidate candidate =
          new Candidate(
              place.storage(),
              place.directory(),
              Optional.ofNullable(runId),
              ProgramVersion.text());
      Promotion promotion = registry.promote(candidate, contest);
      return new Ended(promotion, registry.registry().uri(promotion.version()));
    }
  }

  private List<String> lines(Ended ended) {
    Optional<Judgement> judgement = ended.promotion().judgement();
    return Stream.concat(judgement.map(this::losses).stream(), Stream.of(ending(ended)))
        .map(Printable::line)
        .toList();
  }

  private String losses(Judgement judged) {
    String champion =
        judged.champion().isEmpty()
            ? "no champion"
            : "champion " + loss(judged) + ", " + Registry.folder(judged.champion().getAsInt());
    return String.format(
        Locale.ROOT,
        "Loss in nats per token on the %s split of %s: candidate %.4f, %s",
        judged.on().split(),
        data,
        judged.loss(),
        champion);
  }

  private static String loss(Judgement judged) {
    return judged.championLoss().isPresent()
        ? String.format(Locale.ROOT, "%.4f", judged.championLoss().getAsDouble())
        : "not finite";
  }

  private String ending(Ended ended) {
    String path = ended.path();
    return switch (ended.promotion().outcome()) {
      case PROMOTED -> "Promoted: the champion is now " + path;
      case KEPT -> "Kept: the champion is still %s (%s)".formatted(path, whyKept(ended));
      case ALREADY_CHAMPION -> "Nothing to do: this model is the champion already, " + path;
      case ALREADY_REPLACED ->
          "Nothing to do: run %s promoted this model before, as %s, and it was replaced since (`registry rollback` takes it back)"
              .formatted(runId, path);
    };
  }

  private String whyKept(Ended ended) {
    if (ended.promotion().judgement().isEmpty()) {
      return "the run ended with the same model";
    }
    return "a candidate has to be better by " + (by == null ? "any amount" : by.toString());
  }

  private void put(Ended ended, ObjectNode object) {
    Optional<Judgement> judgement = ended.promotion().judgement();
    object.put("model", modelOptions.uri());
    object.put("registry", registryOption.uri());
    object.put("outcome", ended.promotion().outcome().label());
    object.put("version", ended.promotion().version());
    object.put("path", ended.path());
    object.put("run-id", runId);
    object.put("data", data);
    object.put("split", judgement.map(judged -> judged.on().split()).orElse(null));
    object.put("by", judgement.map(Judgement::by).orElse(null));
    object.put("loss", judgement.map(Judgement::loss).orElse(null));
    ResultOption.put(
        object, "champion", judgement.map(Judgement::champion).orElse(OptionalInt.empty()));
    ResultOption.put(
        object,
        "champion-loss",
        judgement.map(Judgement::championLoss).orElse(OptionalDouble.empty()));
  }
}
