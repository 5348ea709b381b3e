package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.unroll.driver.process.CommandProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/library.md, compiled and run. */
class LibraryExampleIT {
  private static final Path EXAMPLES = Path.of("..", "docs", "examples");
  private static final String PYTHON = System.getenv().getOrDefault("UNROLL_PYTHON", "python3");

  @TempDir private Path folder;

  @Test
  void theProgramInJavaTrainsAndScores() throws Exception {
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
    write("texts", "select 1 as id, 'fine day' as text union select 2, 'foul night'");
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
                EXAMPLES.resolve("TrainAndScore.java").toString());
    assertEquals(0, failed);
    run("TrainAndScore", "data", "run", "texts", "answers");
    List<Row> answers = answers();
    assertEquals(
        Set.of("1 fine day good", "2 foul night bad"),
        answers.stream()
            .map(row -> row.getInt(0) + " " + row.getString(1) + " " + row.<String>getAs("label"))
            .collect(Collectors.toSet()));
    assertTrue(answers.get(0).<Double>getAs("probability") > 0.5);
  }

  @Test
  void theProgramInScalaTrainsInAPipeline() throws Exception {
    write(
        "texts",
        "select if(id % 2 = 0, 'good', 'bad') as label, if(id % 2 = 0, 'Fine day', 'Foul night') as text from range(200)");
    boolean compiled =
        scala.tools.nsc.Main.process(
            new String[] {
              "-cp",
              System.getProperty("java.class.path"),
              "-d",
              folder.toString(),
              EXAMPLES.resolve("TrainInScala.scala").toString()
            });
    assertTrue(compiled, "the compiler of Scala refused the program");
    String log = run("TrainInScala", "texts", "model", "answers");
    assertTrue(log.contains("accuracy 1.0"), log);
    for (Row row : answers()) {
      assertEquals(row.<String>getAs("label"), row.getAs("predicted_label"));
    }
  }

  /** With the pyspark that python3 imports, or another interpreter in UNROLL_PYTHON. */
  @Test
  void theProgramsInPythonTrainAndScore() throws Exception {
    assumePython("numpy");
    write(
        "texts",
        "select if(id % 2 = 0, 'good', 'bad') as label, if(id % 2 = 0, 'fine day', 'foul night') as text from range(200)");
    String log = python(Map.of(), "train_in_pyspark.py", "texts", "model", "answers");
    assertTrue(log.contains("accuracies"), log);
    for (Row row : answers()) {
      assertEquals(row.<String>getAs("label"), row.getAs("predicted_label"));
    }
    write("unlabelled", "select if(id % 2 = 0, 'fine day', 'foul night') as text from range(200)");
    try (Stream<Path> stages = Files.list(folder.resolve("model").resolve("stages"))) {
      Path stage = stages.filter(each -> each.toString().contains("unroll")).findFirst().get();
      String model = folder.relativize(stage.resolve("model")).toString();
      python(Map.of(), "score_in_pyspark.py", model, "unlabelled", "scored");
    }
    try (SparkSession spark = SparkSessions.open("scored", "local[1]")) {
      Dataset<Row> scored = spark.read().parquet(folder.resolve("scored").toString());
      assertEquals(200, scored.filter("text = 'fine day' = (label = 'good')").count());
    }
  }

  /** The client and its server are one process each; pyspark starts the server. */
  @Test
  void theProgramForSparkConnectTrainsAndScores() throws Exception {
    assumePython("grpc, grpc_status, numpy, pandas, pyarrow");
    write(
        "texts",
        "select if(id % 2 = 0, 'good', 'bad') as label, if(id % 2 = 0, 'Fine day', 'Foul night') as text from range(200)");
    String log =
        python(
            Map.of("SPARK_REMOTE", "local[2]"),
            "train_with_spark_connect.py",
            "texts",
            "model",
            "answers");
    assertTrue(log.contains("accuracy 1.0"), log);
    for (Row row : answers()) {
      assertEquals(row.<String>getAs("label"), row.getAs("predicted_label"));
    }
  }

  private void assumePython(String modules) throws Exception {
    CommandProcess version =
        CommandProcess.start(
            folder.resolve("version.log"),
            Map.of(),
            List.of(
                PYTHON,
                "-c",
                "import pyspark, %s; print(pyspark.__version__, end='')".formatted(modules)));
    assumeTrue(
        version.await() == 0, () -> "no pyspark, or one of %s, for %s".formatted(modules, PYTHON));
    assumeTrue(
        version.output().strip().equals(org.apache.spark.package$.MODULE$.SPARK_VERSION()),
        () -> "another Spark: " + version.output());
  }

  /** The log of a program; Spark is that of pyspark, and Unroll that which is tested. */
  private String python(Map<String, String> further, String program, String... folders)
      throws Exception {
    String own =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("spark") && !entry.contains("scala"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> words = new ArrayList<>(List.of(PYTHON, EXAMPLES.resolve(program).toString()));
    for (String name : folders) {
      words.add(folder.resolve(name).toString());
    }
    Map<String, String> environment = new HashMap<>(further);
    environment.put(
        "PYTHONPATH",
        Path.of("src", "main", "resources").toAbsolutePath()
            + File.pathSeparator
            + System.getenv().getOrDefault("PYTHONPATH", ""));
    environment.put(
        "PYSPARK_SUBMIT_ARGS",
        "--master local[2] --conf spark.ui.enabled=false --conf spark.task.cpus=2 --driver-class-path '%s' pyspark-shell"
            .formatted(own));
    return CommandProcess.start(folder.resolve(program + ".log"), environment, words).await(0);
  }

  private void write(String name, String texts) throws IOException {
    try (SparkSession spark = SparkSessions.open("texts", "local[1]")) {
      spark.sql(texts).write().parquet(folder.resolve(name).toString());
    }
  }

  /** The log of a program, which runs in a process of its own. */
  private String run(String program, String... folders) throws Exception {
    List<String> words =
        new ArrayList<>(
            CommandProcess.java(
                "-Dspark.master=local[1]",
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.driver.bindAddress=127.0.0.1",
                "-Dspark.ui.enabled=false"));
    int path = words.indexOf("-cp") + 1;
    words.set(path, folder + File.pathSeparator + words.get(path));
    words.add(program);
    for (String name : folders) {
      words.add(folder.resolve(name).toString());
    }
    return CommandProcess.start(folder.resolve("program.log"), Map.of(), words).await(0);
  }

  private List<Row> answers() throws IOException {
    try (SparkSession spark = SparkSessions.open("answers", "local[1]")) {
      return spark.read().parquet(folder.resolve("answers").toString()).collectAsList();
    }
  }
}
