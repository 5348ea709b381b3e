package io.unroll.driver.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsJsonTest {
  private static final RoundMetrics ROUND =
      new RoundMetrics(
          12,
          40,
          2.4,
          600,
          2457600,
          1.5,
          0.25,
          0.75,
          0.125,
          0.002,
          50,
          0.5,
          1.25,
          81920.5,
          2.5,
          4.75,
          0.0625,
          Duration.ofMillis(70250));
  private static final RunStart START =
      new RunStart(3, "0.1.0", "node7", "local[2]", 2, "17.0.17", "3.5.9");
  private static final String ROUND_LINE =
      "{\"type\":\"round\",\"round\":12,\"rounds\":40,\"epoch\":2.4,\"step\":600,"
          + "\"tokens\":2457600,\"loss\":1.5,\"gradient-norm\":0.25,\"max-gradient-norm\":0.75,"
          + "\"clipped-share\":0.125,\"learning-rate\":0.002,\"steps\":50,\"drift\":0.5,\"outer-norm\":1.25,\"tokens-per-second\":81920.5,"
          + "\"seconds\":2.5,\"compute-seconds\":4.75,\"overhead-seconds\":0.0625,"
          + "\"time-left\":70.25,\"overhead-share\":0.025,\"perplexity\":4.4816890703380645,\"bits-per-token\":2.1640425613334453}";

  @Test
  void writesRoundAsOneLine() {
    assertEquals(ROUND_LINE, text(ROUND));
  }

  @Test
  void writesValidationAsOneLine() {
    assertEquals(
        "{\"type\":\"validation\",\"round\":12,\"epoch\":2.4,\"loss\":0.0,\"tokens\":111539,"
            + "\"best\":true,\"seconds\":1.5,\"perplexity\":1.0,\"bits-per-token\":0.0}",
        text(new ValidationMetrics(12, 2.4, 0, 111539, true, 1.5)));
  }

  @Test
  void writesSampleAsOneLineWhateverItHolds() {
    assertEquals(
        "{\"type\":\"sample\",\"round\":0,\"prompt\":\"\",\"text\":\"a\\n\\\"b\\\"\\u0000é\"}",
        text(new SampleText(0, "", "a\n\"b\"\u0000é")));
  }

  @Test
  void writesStartAsOneLine() {
    assertEquals(
        "{\"type\":\"start\",\"round\":3,\"version\":\"0.1.0\",\"host\":\"node7\",\"master\":\"local[2]\","
            + "\"cores\":2,\"java\":\"17.0.17\",\"spark\":\"3.5.9\"}",
        text(START));
  }

  @Test
  void beginsWithTheTimeToTheMillisecondAndReadsItBack() throws IOException {
    var line = new MetricsLine(Optional.of(Instant.parse("2026-11-29T06:05:00Z")), START);
    String text = MetricsJson.text(line);
    assertTrue(text.startsWith("{\"time\":\"2026-11-29T06:05:00.000Z\",\"type\":\"start\","), text);
    assertEquals(List.of(line), readLines(text + "\n"));
  }

  @Test
  void readsLinesOfVersionsThatWroteNoTime() throws IOException {
    assertEquals(List.of(new MetricsLine(Optional.empty(), ROUND)), readLines(ROUND_LINE + "\n"));
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    List<RunEvent> events =
        List.of(
            START,
            ROUND,
            new ValidationMetrics(12, 2.4, 1.4839284759284, 111539, false, 0),
            new SampleText(12, "ROMEO:", "\r\n </script> \u2028 😀"));
    assertEquals(events, read(lines(events)));
  }

  @Test
  void keepsNanAndInfinity() throws IOException {
    List<RunEvent> events =
        List.of(
            new ValidationMetrics(1, 1, Double.NaN, 1, false, 0),
            new ValidationMetrics(2, 1, Double.POSITIVE_INFINITY, 1, false, 0),
            new ValidationMetrics(3, 1, Double.NEGATIVE_INFINITY, 1, false, 0));
    assertTrue(text(events.get(0)).contains("\"loss\":\"NaN\""));
    assertEquals(events, read(lines(events)));
  }

  @Test
  void passesOverTornLastLine() throws IOException {
    String whole = ROUND_LINE + "\n";
    for (int length = 0; length <= ROUND_LINE.length(); length++) {
      assertEquals(List.of(ROUND), read(whole + ROUND_LINE.substring(0, length)));
    }
  }

  @Test
  void readsEmptyFile() throws IOException {
    assertEquals(List.of(), read(""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"loss\":1.5,        |                         | Missing creator property 'loss'",
        "\"loss\":1.5         | \"loss\":null           | Cannot map `null`",
        "\"loss\":1.5         | \"loss\":\"1.5\"        | Cannot coerce String",
        "\"loss\":1.5         | \"loss\":1.5,\"lr\":0.1 | unknown key \"lr\"",
        "\"loss\":1.5         | \"loss\":1.5,\"loss\":1 | Duplicate field 'loss'",
        "\"step\":600         | \"step\":600.5          | Cannot coerce Floating-point value",
        "\"round\":12         | \"round\":0             | Invalid round: 0 (expected >= 1)",
        "\"round\":12         | \"round\":41            | Invalid rounds: 40 (expected >= round 41)",
        "\"type\":\"round\"   | \"type\":\"round\",\"time\":\"today\" | could not be parsed",
        "\"type\":\"round\"   | \"type\":\"round\",\"time\":null | could not be parsed",
        "\"type\":\"round\"   | \"type\":\"step\"       | Could not resolve type id 'step'",
        "\"time-left\":70.25  | \"time-left\":-1        | Invalid timeLeft: PT-1S (expected >= 0)",
        "{                    | {{                      | Unexpected character",
        "}                    | }}                      | Unexpected close marker",
        "}                    | } {}                    | Trailing token",
      })
  void refusesDamagedLine(String part, String replacement, String reason) {
    String damaged = ROUND_LINE.replace(part, replacement == null ? "" : replacement);
    var e =
        assertThrows(
            MalformedMetricsException.class,
            () -> read(ROUND_LINE + "\n" + damaged + "\n" + ROUND_LINE + "\n"));
    assertTrue(e.getMessage().startsWith("Cannot read metrics.jsonl, line 2: "), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"null", "7", "\"text\"", "[]", "''"})
  void refusesLineThatIsNoObject(String line) {
    var e = assertThrows(MalformedMetricsException.class, () -> read(line + "\n"));
    assertTrue(e.getMessage().startsWith("Cannot read metrics.jsonl, line 1: "), e.getMessage());
  }

  @Test
  void refusesNumberAsText() {
    String line = "{\"type\":\"sample\",\"round\":0,\"prompt\":\"\",\"text\":7}\n";
    var e = assertThrows(MalformedMetricsException.class, () -> read(line));
    assertTrue(e.getMessage().contains("Cannot coerce Integer value (7)"), e.getMessage());
  }

  private static String lines(List<RunEvent> events) {
    var text = new StringBuilder();
    events.forEach(event -> text.append(text(event)).append('\n'));
    return text.toString();
  }

  private static String text(RunEvent event) {
    return MetricsJson.text(new MetricsLine(Optional.empty(), event));
  }

  private static List<RunEvent> read(String text) throws IOException {
    return readLines(text).stream().map(MetricsLine::event).toList();
  }

  private static List<MetricsLine> readLines(String text) throws IOException {
    return MetricsJson.read(new ByteArrayInputStream(text.getBytes(UTF_8)), "metrics.jsonl");
  }
}
