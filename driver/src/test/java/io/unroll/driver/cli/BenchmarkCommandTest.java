package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.unroll.worker.benchmark.Machine;
import io.unroll.worker.benchmark.MachineSpeed;
import io.unroll.worker.benchmark.Preset;
import io.unroll.worker.benchmark.SampleBenchmark;
import io.unroll.worker.benchmark.StepSpeed;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BenchmarkCommandTest {
  private static final Machine MACHINE = new Machine("JVM 17", "CPU X", 8);
  private static final Set<String> COMMON =
      Set.of("preset", "cores", "tokens-per-second", "kernel", "jvm", "cpu");

  private static Measurement.Training training(Preset preset) {
    StepSpeed speed = new StepSpeed("vector-512", 2, 12, 150_000, 33.333, 486.8352, 243.4176);
    return new Measurement.Training(preset, 2, 50, speed, new MachineSpeed(486.8352, 40));
  }

  private static Measurement.Sampling sampling() {
    SampleBenchmark.Speed speed = new SampleBenchmark.Speed("vector-512", 3, 0.5, 20_000);
    return new Measurement.Sampling(Preset.CHAR_512, 10_000, speed);
  }

  private static void assertKeys(JsonNode object, String... more) {
    Set<String> keys = new HashSet<>();
    object.fieldNames().forEachRemaining(keys::add);
    Set<String> expected = new HashSet<>(COMMON);
    expected.addAll(List.of(more));
    assertEquals(expected, keys);
    assertTrue(DocumentedResult.documented("benchmark").containsAll(keys), keys.toString());
  }

  private static void assertMisused(String message, String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "benchmark";
    System.arraycopy(options, 0, arguments, 1, options.length);
    Execution execution = Execution.of(arguments);
    assertEquals(2, execution.code());
    assertEquals(message, execution.err().lines().findFirst().orElseThrow());
    assertEquals("", execution.out());
  }

  @Test
  void refusesWhatCannotFit() {
    assertMisused(
        "Invalid batch: 2147483647 (expected fewer sequences: with those of char-128, an array of"
            + " 5.498e+13 numbers would be needed, and fewer than 2^31 are possible)",
        "--batch=2147483647");
    Execution execution =
        Execution.of("benchmark", "--preset=char-128", "--cores=2147483647", "--lanes=2147483647");
    assertEquals(1, execution.code());
    String err = execution.err();
    assertTrue(
        err.startsWith("Cannot measure char-128 with 2,147,483,647 lanes of a batch of 50"), err);
    assertTrue(err.contains("lower --batch or --lanes"), err);
  }

  @Test
  void tellsTrainingStepsAsJson() {
    JsonNode object = training(Preset.CHAR_128).json(MACHINE);
    assertKeys(
        object,
        "lanes",
        "batch",
        "steps",
        "step-milliseconds",
        "gflops",
        "executed-gflops",
        "peak-gflops",
        "peak-share",
        "memory-gb-per-second");
    assertEquals("char-128", object.get("preset").asText());
    assertEquals(2, object.get("cores").asInt());
    assertEquals(0.5, object.get("peak-share").asDouble(), 1e-12);
    assertEquals("CPU X", object.get("cpu").asText());
  }

  @Test
  void tellsSamplingAsJson() {
    JsonNode object = sampling().json(MACHINE);
    assertKeys(object, "sampled-tokens", "texts", "sample-seconds");
    assertEquals(20_000, object.get("tokens-per-second").asDouble());
  }

  @Test
  void alignsTheLinesOfPresets() {
    String line = training(Preset.CHAR_128).text();
    assertEquals(
        "char-128  cores 2  lanes 2  batch 50      150,000 tokens/s  step    33.33 ms    486.8 GFLOP/s nominal,"
            + "   243.4 executed,  50 % of the peak of   486.8  memory  40.0 GB/s  kernel vector-512",
        line);
    assertEquals(line.length(), training(Preset.GRU_512).text().length());
    assertEquals(
        "char-512  10,000 tokens in    0.500 s       20,000 tokens/s  kernel vector-512",
        sampling().text());
  }

  @Test
  void printsOneJsonObject() {
    Execution execution =
        Execution.of(
            "benchmark", "--preset", "char-128", "--sample", "3", "--seconds", "0.001", "--json");
    assertEquals(0, execution.code(), execution.err());
    assertTrue(
        execution.err().matches("\\d\\d:\\d\\d:\\d\\d measuring char-128\n"), execution.err());
    JsonNode object = DocumentedResult.line(execution);
    assertEquals("benchmark", object.get("command").textValue());
    assertEquals("char-128", object.get("preset").asText());
    assertEquals(3, object.get("sampled-tokens").asInt());
  }

  @Test
  void printsALineForAPresetAndOneForTheMachine() {
    Execution execution =
        Execution.of(
            "benchmark", "--preset", "char-128", "--batch", "1", "--seconds", "0.001", "--quiet");
    assertEquals(0, execution.code(), execution.err());
    assertEquals("", execution.err());
    List<String> lines = execution.out().lines().toList();
    assertEquals(2, lines.size());
    assertTrue(lines.get(0).startsWith(Machine.here().cpu()), lines.get(0));
    assertTrue(lines.get(1).startsWith("char-128  cores 1  lanes 1  batch 1 "), lines.get(1));
  }

  @Test
  void warnsOfMoreCoresThanThereAre() {
    int cores = Runtime.getRuntime().availableProcessors();
    Execution execution =
        Execution.of(
            "benchmark",
            "--preset=char-128",
            "--batch=1",
            "--seconds=0.001",
            "--cores=" + (cores + 1));
    assertEquals(0, execution.code(), execution.err());
    assertTrue(
        execution
            .err()
            .startsWith(
                String.format(
                    Locale.ROOT,
                    "Warning: %d cores are asked for, but this JVM may use %d only",
                    cores + 1,
                    cores)),
        execution.err());
  }

  @Test
  void rejectsWhatCannotBeMeasured() {
    assertMisused(
        "Invalid preset: char-5 (expected char-128, char-512, gru-512, word-200, word-650 or all)",
        "--preset",
        "char-5");
    assertMisused("Invalid cores: 0 (expected at least 1)", "--cores", "0");
    assertMisused("Invalid batch: 0 (expected at least 1)", "--batch", "0");
    assertMisused("Invalid sample: 0 (expected at least 1)", "--sample", "0");
    assertMisused(
        "Invalid value for option '--seconds': 'NaN' is not a number", "--seconds", "NaN");
    assertMisused("Invalid seconds: 0.0 (expected > 0)", "--seconds", "0");
    assertMisused(
        "Invalid --sample: a text is written on one core, without --batch",
        "--sample",
        "5",
        "--cores",
        "2");
  }

  @Test
  void helpNamesEveryPreset() {
    String help = Execution.of("benchmark", "--help").out().replaceAll("\\s+", " ");
    assertTrue(help.contains(Preset.keys() + " or all (default: all)"), help);
  }
}
