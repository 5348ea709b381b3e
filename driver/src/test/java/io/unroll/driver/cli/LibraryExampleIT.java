package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.CommandProcess;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/library.md, compiled and run. */
class LibraryExampleIT {
  private static final Path SOURCE = Path.of("..", "docs", "examples", "TrainAndScore.java");

  @TempDir private Path folder;

  @Test
  void theProgramOfThePageTrainsAndScores() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int line = 0; line < 200; line++) {
      lines.append(line % 2 == 0 ? "good\tfine day\n" : "bad\tfoul night\n");
    }
    Files.writeString(folder.resolve("lines.tsv"), lines);
    Execution prepared =
        Execution.of(
            "prep",
            "lines",
            "--master=local[1]",
            "--input=" + folder.resolve("lines.tsv"),
            "--output=" + folder.resolve("data"));
    assertEquals(0, prepared.code(), prepared::err);
    try (SparkSession spark = SparkSessions.open("texts", "local[1]")) {
      spark
          .sql("select 1 as id, 'fine day' as text union select 2, 'foul night'")
          .write()
          .parquet(folder.resolve("texts").toString());
    }
    compile();
    List<String> words =
        new ArrayList<>(
            CommandProcess.java(
                "-Dspark.master=local[1]",
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.driver.bindAddress=127.0.0.1",
                "-Dspark.ui.enabled=false"));
    int path = words.indexOf("-cp") + 1;
    words.set(path, folder + File.pathSeparator + words.get(path));
    words.add("TrainAndScore");
    for (String name : List.of("data", "run", "texts", "answers")) {
      words.add(folder.resolve(name).toString());
    }
    CommandProcess.start(folder.resolve("program.log"), Map.of(), words).await(0);
    try (SparkSession spark = SparkSessions.open("answers", "local[1]")) {
      List<Row> answers =
          spark.read().parquet(folder.resolve("answers").toString()).collectAsList();
      assertEquals(
          Set.of("1 fine day good", "2 foul night bad"),
          answers.stream()
              .map(row -> row.getInt(0) + " " + row.getString(1) + " " + row.<String>getAs("label"))
              .collect(Collectors.toSet()));
      assertTrue(answers.get(0).<Double>getAs("probability") > 0.5);
    }
  }

  private void compile() {
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SOURCE.toString());
    assertEquals(0, failed);
  }
}
