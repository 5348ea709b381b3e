package io.unroll.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
  private static final String ROUND_0 = "{\"round\":0,\"loss\":4.2}\n";
  private static final String ROUND_1 = "{\"type\":\"round\",\"round\":1}\n";
  private static final String ROUND_2 = "{\"type\":\"round\",\"round\":2}\n";

  @TempDir Path directory;
  private Storage storage;

  @BeforeEach
  void open() {
    storage = Storage.open(directory.toUri().toString(), new Configuration(false));
  }

  @AfterEach
  void close() {
    storage.close();
  }

  @Test
  void beginsWithItsFirstLine() throws IOException {
    MetricsLog log = MetricsLog.open(storage, -1);
    assertFalse(storage.exists(MetricsLog.FILE));
    log.append("{\"round\":1}");
    assertEquals("{\"round\":1}\n", content());
  }

  @Test
  void cutsLaterRoundsAndATornLine() throws IOException {
    write(ROUND_0 + ROUND_1 + ROUND_2 + "{\"type\":\"rou");
    MetricsLog.open(storage, 1).append("{\"round\":2,\"again\":true}");
    assertEquals(ROUND_0 + ROUND_1 + "{\"round\":2,\"again\":true}\n", content());
  }

  @Test
  void cutsATornLineOfAnEarlierRound() throws IOException {
    write(ROUND_1 + "{\"type\":\"round\",\"round\":2}");
    MetricsLog.open(storage, 5);
    assertEquals(ROUND_1, content());
  }

  @Test
  void cutsEverythingWhenTheRunBeginsAnew() throws IOException {
    write(ROUND_0 + ROUND_1);
    MetricsLog.open(storage, -1);
    assertEquals("", content());
  }

  @Test
  void setsLinesAsideThatAreNoEvents() throws IOException {
    String odd = "{\"rou\n\n[]\n{\"round\":-3}\n{\"round\":\"1\"}\n";
    write(ROUND_0 + odd + ROUND_1);
    MetricsLog.open(storage, 1);
    assertEquals(ROUND_0 + ROUND_1, content());
    assertEquals(odd, Files.readString(directory.resolve(MetricsLog.ODD_FILE)));
  }

  @Test
  void setsLinesAsideThatTheReaderOfEventsDoesNotKnow() throws IOException {
    write(ROUND_0 + ROUND_1 + ROUND_2);
    MetricsLog.open(
        storage,
        2,
        line ->
            ROUND_1.startsWith(new String(line, StandardCharsets.UTF_8))
                ? Optional.of("unknown key")
                : Optional.empty());
    assertEquals(ROUND_0 + ROUND_2, content());
    assertEquals(ROUND_1, Files.readString(directory.resolve(MetricsLog.ODD_FILE)));
  }

  @Test
  void ignoresATornCopyOfTheLinesToKeep() throws IOException {
    write(ROUND_0 + ROUND_1);
    Files.writeString(directory.resolve(MetricsLog.KEPT_FILE), ROUND_0 + "{\"whole\":tr");
    MetricsLog.open(storage, 1);
    assertEquals(ROUND_0 + ROUND_1, content());
    assertFalse(storage.exists(MetricsLog.KEPT_FILE));
  }

  @Test
  void finishesACutThatWasKilled() throws IOException {
    write(ROUND_0.substring(0, 5));
    Files.writeString(directory.resolve(MetricsLog.KEPT_FILE), ROUND_0 + "{\"whole\":true}\n");
    MetricsLog.open(storage, 1);
    assertEquals(ROUND_0, content());
    assertFalse(storage.exists(MetricsLog.KEPT_FILE));
  }

  @Test
  void refusesALineWithALineFeed() {
    MetricsLog log = MetricsLog.open(storage, 0);
    assertThrows(IllegalArgumentException.class, () -> log.append("{}\n{}"));
  }

  private void write(String content) throws IOException {
    Files.writeString(directory.resolve(MetricsLog.FILE), content);
  }

  private String content() throws IOException {
    return Files.readString(directory.resolve(MetricsLog.FILE));
  }
}
