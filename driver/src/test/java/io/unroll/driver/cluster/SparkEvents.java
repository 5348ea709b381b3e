package io.unroll.driver.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What Spark noted of an application in its event log: the proof that a fault was met. */
record SparkEvents(List<JsonNode> events) {
  /** Those of the applications that logged to a folder. */
  static SparkEvents in(Path folder) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> events = new ArrayList<>();
    for (Path log : logs(folder)) {
      for (String line : Files.readAllLines(log)) {
        if (line.endsWith("}")) { // the last line may be half written
          events.add(json.readTree(line));
        }
      }
    }
    return new SparkEvents(events);
  }

  /** Whether a job of that description has begun; Spark writes this at once. */
  static boolean begun(Path folder, String description) {
    String property = "\"spark.job.description\":\"%s\"".formatted(description);
    try {
      for (Path log : logs(folder)) {
        if (Files.readString(log, StandardCharsets.ISO_8859_1).contains(property)) {
          return true;
        }
      }
      return false;
    } catch (NoSuchFileException renamedAtTheEnd) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> logs(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    }
  }

  private Stream<JsonNode> of(String kind) {
    return events.stream()
        .filter(event -> event.path("Event").asText().equals("SparkListener" + kind));
  }

  /** Tasks that ended so, such as ExecutorLostFailure. */
  long tasksEnded(String reason) {
    return of("TaskEnd")
        .filter(event -> event.path("Task End Reason").path("Reason").asText().equals(reason))
        .count();
  }

  /** Spark writes this at once. */
  long executorsAdded() {
    return of("ExecutorAdded").count();
  }

  long executorsRemoved() {
    return of("ExecutorRemoved").count();
  }
}
