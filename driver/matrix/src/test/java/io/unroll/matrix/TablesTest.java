package io.unroll.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.driver.cluster.SparkCluster;
import io.unroll.driver.process.CommandProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables of Delta, Iceberg and Hive are prepared by their names to the rows of the same files. */
class TablesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"SPARK_3_5", "SPARK_4_0"})
  void tablesHaveTheRowsOfFiles(Sparks spark) throws IOException, InterruptedException {
    make(spark);
    prep(spark, "files", "parquet", folder.resolve("reviews.parquet").toString());
    for (String table : List.of("delta_reviews", "lake.db.reviews", "hive_reviews")) {
      prep(spark, table, "table", table);
      assertEquals(rows("files"), rows(table), table);
    }
  }

  private void make(Sparks spark) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(CommandProcess.java("-Dspark.master=local[2]"));
    // Delta names its files by the digits of the locale, and then does not find them.
    words.removeIf(word -> word.startsWith("-Duser."));
    settings().forEach((key, value) -> words.add(1, "-D" + key + "=" + value));
    words.set(
        words.indexOf("-cp") + 1,
        String.join(
            File.pathSeparator,
            Path.of("target", "test-classes").toAbsolutePath().toString(),
            spark.jars() + "/*",
            spark.lakes() + "/*"));
    words.addAll(
        List.of("io.unroll.matrix.MakeTables", folder.resolve("reviews.parquet").toString()));
    CommandProcess.start(folder.resolve("make.log"), Map.of(), words).await(0);
  }

  /** What a session has to be told to find these tables. */
  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(
        "spark.sql.extensions",
        "io.delta.sql.DeltaSparkSessionExtension,org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions");
    settings.put(
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    settings.put("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog");
    settings.put("spark.sql.catalog.lake.type", "hadoop");
    settings.put("spark.sql.catalog.lake.warehouse", folder.resolve("lake").toString());
    settings.put("spark.sql.catalogImplementation", "hive");
    settings.put("spark.sql.warehouse.dir", folder.resolve("warehouse").toString());
    settings.put(
        "spark.hadoop.javax.jdo.option.ConnectionURL",
        "jdbc:derby:;databaseName=" + folder.resolve("metastore") + ";create=true");
    settings.put("spark.driver.host", "127.0.0.1");
    settings.put("spark.driver.bindAddress", "127.0.0.1");
    settings.put("spark.ui.enabled", "false");
    return settings;
  }

  private void prep(Sparks spark, String name, String format, String input)
      throws IOException, InterruptedException {
    String conf =
        settings().entrySet().stream()
            .map(each -> "--conf " + each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(" "));
    List<String> words =
        List.of(
            SparkCluster.ROOT.resolve("deploy/unroll").toString(),
            "prep",
            "lines",
            "--master=local[2]",
            "--format=" + format,
            "--column=label=stars",
            "--column=text=review",
            "--input=" + input,
            "--output=" + folder.resolve(name));
    Map<String, String> environment =
        Map.of(
            "SPARK_HOME",
            spark.home(folder).toString(),
            "UNROLL_MEMORY",
            "1g",
            "UNROLL_SUBMIT_OPTIONS",
            "--jars " + lakes(spark) + " " + conf);
    CommandProcess.start(folder.resolve(name + ".log"), environment, words).await(0);
  }

  private static String lakes(Sparks spark) throws IOException {
    try (Stream<Path> jars = Files.list(spark.lakes())) {
      return jars.map(Path::toString).collect(Collectors.joining(","));
    }
  }

  private List<String> rows(String dataset) throws IOException {
    List<String> hashes =
        Files.readAllLines(folder.resolve(dataset).resolve("manifest.json")).stream()
            .filter(line -> line.contains("rows-sha256"))
            .toList();
    assertEquals(2, hashes.size());
    return hashes;
  }
}
