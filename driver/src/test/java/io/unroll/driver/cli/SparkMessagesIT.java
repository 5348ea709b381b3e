package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark itself says, in the words and error classes of the version that this runs on. */
class SparkMessagesIT {
  private static final String MAX_RESULT_SIZE = "spark.driver.maxResultSize";

  @TempDir private static Path folder;

  private static SparkSession spark;

  @BeforeAll
  static void open() {
    System.setProperty(MAX_RESULT_SIZE, "1m");
    try {
      spark = SparkSessions.open("messages", "local[1]");
    } finally {
      System.clearProperty(MAX_RESULT_SIZE);
    }
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Dataset<Row> table(String name, long rows) {
    String path = folder.resolve(name).toString();
    spark.range(rows).repartition(1).write().parquet(path);
    return spark.read().option("parquet.page.verify-checksum.enabled", "true").parquet(path);
  }

  private static Path part(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.filter(it -> it.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  private static String report(ExitCode expected, Dataset<Row> table) {
    StringWriter err = new StringWriter();
    Exception failure = assertThrows(Exception.class, table::collectAsList);
    assertEquals(expected, Failures.report(failure, new PrintWriter(err)), err::toString);
    assertFalse(err.toString().contains("SQLSTATE"), err::toString);
    return err.toString();
  }

  @Test
  void aFileThatGoesAwayIsBadData() throws IOException {
    Dataset<Row> table = table("gone", 10);
    Files.delete(part("gone"));
    String said = report(ExitCode.BAD_DATA, table);
    assertTrue(said.startsWith("Cannot read the dataset: "), said);
    assertTrue(
        said.contains("ile does not exist") || said.contains("parquet does not exist"), said);
    assertTrue(said.contains(". Restore it"), said);
  }

  private static void damage(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(part(name));
    bytes[bytes.length / 4] ^= 1;
    Files.write(part(name), bytes);
  }

  @Test
  void aFileThatIsNotWhatHadoopsChecksumsSayIsBadData() throws IOException {
    Dataset<Row> table = table("changed", 1000);
    damage("changed");
    String said = report(ExitCode.BAD_DATA, table);
    assertTrue(said.contains("Checksum error"), said);
  }

  @Test
  void aDamagedFileIsBadData() throws IOException {
    Dataset<Row> table = table("damaged", 1000);
    damage("damaged");
    Files.delete(part("damaged").resolveSibling("." + part("damaged").getFileName() + ".crc"));
    String said = report(ExitCode.BAD_DATA, table);
    assertTrue(said.startsWith("Cannot read the dataset: Encountered error while reading "), said);
    assertTrue(said.contains("checksum"), said);
  }

  @Test
  void resultsThatAreTooLargeNameTheSetting() {
    String said = report(ExitCode.FAILURE, table("large", 500_000));
    assertTrue(said.startsWith("Cannot go on: spark.driver.maxResultSize is too small. "), said);
  }
}
