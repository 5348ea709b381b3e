package io.unroll.bench.dl4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Speed of Deeplearning4j's training. Started by {@code bench/dl4j}, which pins the cores and sets
 * the threads of the native library before the JVM starts.
 */
@Command(
    name = "bench/dl4j",
    description = "Measures how fast Deeplearning4j trains the networks of the benchmark presets.",
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
final class Dl4jBenchmark implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Subject subject;

  @Option(names = "--cores", description = "Workers, and cores that the process may use.")
  private int cores = 1;

  @Option(names = "--seconds", description = "Time to measure for at least, with --preset.")
  private double seconds = 20;

  @Option(names = "--epochs", description = "Passes to measure, with --text.")
  private int epochs = 1;

  @Option(names = "--warm-up", description = "Seconds to train for before measuring, at least.")
  private double warmUp = 15;

  @Option(
      names = "--threads",
      description = "Native threads of each worker: a number, or default for the library's choice.")
  private String threads = "1";

  @Option(
      names = "--settings",
      description =
          "default or tuned, for what follows and for the JVM; by itself, default where --threads"
              + " is default, else tuned.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private SettingsName settings = SettingsName.TUNED;

  @Option(names = "--averaging-frequency", description = "Minibatches between averagings.")
  private Integer averagingFrequency;

  @Option(names = "--prefetch", description = "Minibatches that a worker reads ahead.")
  private Integer prefetch;

  @Option(names = "--approach", description = "export or direct: how data reach the workers.")
  private Approach approach;

  @Option(names = "--plain", description = "MultiLayerNetwork.fit in one thread, without Spark.")
  private boolean plain;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  /** What is trained. */
  private static final class Subject {
    @Option(names = "--preset", description = "char-128, char-512, word-200 or word-650.")
    private String preset;

    @Option(names = "--text", description = "Characters of this file, as conf/tiny-shakespeare.")
    private Path text;
  }

  private enum SettingsName {
    DEFAULT,
    TUNED
  }

  private enum Approach {
    EXPORT,
    DIRECT
  }

  public static void main(String[] arguments) {
    CommandLine line =
        new CommandLine(new Dl4jBenchmark()).setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    check();
    CharacterText text = subject.text == null ? null : CharacterText.read(subject.text);
    Workload load = text == null ? preset() : Workload.text(text.vocabulary());
    MasterSettings master = master(load);
    List<DataSet> minibatches =
        text == null
            ? Minibatches.random(load, plain ? 1 : master.minibatchesPerSplit(cores))
            : Minibatches.of(load, text.tokens());
    try (Trainer trainer =
        plain
            ? new PlainTrainer(load, minibatches)
            : new SparkTrainer(load, master, cores, minibatches)) {
      Measurement.ofSeconds(trainer::warmUp, warmUp);
      Measurement measured =
          text == null
              ? Measurement.ofSeconds(trainer::fit, seconds)
              : Measurement.ofEpochs(trainer::fit, epochs);
      print(report(load, trainer, measured));
    }
    return 0;
  }

  private void check() {
    String set = System.getenv("OMP_NUM_THREADS");
    if (!threads.equals(set == null ? "default" : set)) {
      throw new ParameterException(
          spec.commandLine(),
          "Cannot use --threads %s: OMP_NUM_THREADS is %s; start this by bench/dl4j"
              .formatted(threads, set));
    }
    if (cores < 1 || epochs < 1 || !(seconds > 0) || !(warmUp >= 0)) {
      throw new ParameterException(
          spec.commandLine(), "Invalid --cores, --epochs, --seconds or --warm-up (expected > 0)");
    }
  }

  private Workload preset() {
    try {
      return Workload.named(subject.preset);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private MasterSettings master(Workload load) {
    MasterSettings base =
        settings == SettingsName.DEFAULT ? MasterSettings.DEFAULT : MasterSettings.tuned(load);
    return new MasterSettings(
        averagingFrequency != null ? averagingFrequency : base.averagingFrequency(),
        prefetch != null ? prefetch : base.prefetch(),
        approach != null ? approach == Approach.EXPORT : base.export());
  }

  private Map<String, Object> report(Workload load, Trainer trainer, Measurement measured) {
    Map<String, Object> used = new LinkedHashMap<>(trainer.settings());
    used.put("tuned", settings == SettingsName.TUNED);
    used.put("batch", load.batch());
    used.put("window", load.steps());
    used.put("clipping", Networks.CLIPPING);
    used.put("blas-vendor", Nd4j.factory().blas().getBlasVendor().toString());
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("preset", load.name());
    report.put("cores", cores);
    report.put("tokens-per-second", Math.round(measured.tokensPerSecond() * 10) / 10.0);
    report.put("threads", threads);
    report.put("tokens", measured.tokens());
    report.put("seconds", Math.round(measured.seconds() * 1000) / 1000.0);
    report.put("cpu-seconds", Math.round(measured.cpuSeconds() * 1000) / 1000.0);
    report.put("loss", Math.round(trainer.loss() * 1e4) / 1e4);
    report.put("settings", used);
    return report;
  }

  private void print(Map<String, Object> report) throws JsonProcessingException {
    if (json) {
      System.out.println(new ObjectMapper().writeValueAsString(report));
    } else {
      report.forEach((key, value) -> System.out.println(key + ": " + value));
    }
  }
}
