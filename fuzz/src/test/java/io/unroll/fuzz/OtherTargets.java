package io.unroll.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.source.Utf8Reader;
import io.unroll.dataprep.tokenize.CodePoints;
import io.unroll.driver.config.ConfigurationException;
import io.unroll.driver.config.ConfigurationLoader;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.report.MalformedMetricsException;
import io.unroll.driver.report.MetricsJson;
import io.unroll.driver.report.MetricsLine;
import io.unroll.driver.report.RoundMetrics;
import io.unroll.driver.report.RunEvent;
import io.unroll.driver.report.RunStart;
import io.unroll.driver.report.SampleText;
import io.unroll.driver.report.ValidationMetrics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parsers that can be called from anywhere: configuration, metrics, text. */
final class OtherTargets {
  /** The YAML parser takes some 700 bytes for a character, of which 65,536 are read at most. */
  private static final long YAML = 64 << 20;

  private OtherTargets() {}

  static List<Target> all() {
    return List.of(
        new Target(
            "configuration",
            bytes -> bytes,
            OtherTargets::configuration,
            Set.of(ConfigurationException.class),
            Target.FILE,
            YAML),
        Target.of("metrics", OtherTargets::metrics, MalformedMetricsException.class),
        Target.of("utf8", OtherTargets::utf8, DataException.class));
  }

  /** Files as Unroll writes them, by target and name. */
  static Map<String, byte[]> written() {
    List<RunEvent> events =
        List.of(
            new RunStart(0, "0.1.0", "node7", "local[2]", 2, "17.0.17", "3.5.9"),
            new SampleText(0, "", "\u2028 \"text\"\n"),
            new RoundMetrics(
                1,
                2,
                0.5,
                50,
                1000,
                Double.NaN,
                1,
                2,
                0.5,
                1e-3,
                50,
                0.25,
                0.5,
                1e4,
                2,
                3,
                0.1,
                Duration.ZERO),
            new ValidationMetrics(1, 0.5, 1.5, 100, true, 0.25));
    StringBuilder lines = new StringBuilder();
    Optional<Instant> time = Optional.of(Instant.parse("2026-11-29T06:05:09.250Z"));
    events.forEach(
        event -> lines.append(MetricsJson.text(new MetricsLine(time, event))).append('\n'));
    return Map.of(
        "configuration/written-defaults",
        load("").toYaml().getBytes(UTF_8),
        "metrics/written-events",
        lines.toString().getBytes(UTF_8),
        "utf8/written-text",
        "Zwölf Boxkämpfer \ud83d\ude00 \u20ac\n".getBytes(UTF_8));
  }

  private static Target.Check configuration(byte[] file) {
    RunConfiguration read = load(new String(file, UTF_8));
    return () -> assertEquals(read.settings(), load(read.toYaml()).settings());
  }

  private static RunConfiguration load(String yaml) {
    ConfigurationLoader loader = new ConfigurationLoader();
    loader.set("data", "data", "");
    loader.set("run", "run", "");
    loader.read(Target.FILE, yaml);
    return loader.load();
  }

  private static Target.Check metrics(byte[] file) throws IOException {
    List<MetricsLine> read = lines(file);
    return () -> {
      StringBuilder lines = new StringBuilder();
      read.forEach(line -> lines.append(MetricsJson.text(line)).append('\n'));
      assertEquals(read, lines(lines.toString().getBytes(UTF_8)));
    };
  }

  private static List<MetricsLine> lines(byte[] file) throws IOException {
    return MetricsJson.read(new ByteArrayInputStream(file), Target.FILE);
  }

  private static Target.Check utf8(byte[] file) throws IOException {
    Utf8Reader reader = new Utf8Reader(new ByteArrayInputStream(file), Target.FILE, 0);
    StringBuilder text = new StringBuilder();
    for (int point = reader.next(); point != CodePoints.END; point = reader.next()) {
      text.appendCodePoint(point);
    }
    return () -> assertArrayEquals(file, text.toString().getBytes(UTF_8));
  }
}
