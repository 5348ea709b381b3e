package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With Spark's jars alone on the class path. */
class MissingFileSystemsTest {
  @ParameterizedTest
  @CsvSource({
    "s3a, org.apache.hadoop:hadoop-aws:3.",
    "abfs, org.apache.hadoop:hadoop-azure:3.",
    "wasb, org.apache.hadoop:hadoop-azure:3.",
    "adl, org.apache.hadoop:hadoop-azure-datalake:3.",
    "oss, org.apache.hadoop:hadoop-aliyun:3.",
    "gs, gc", // gcs-connector, or hadoop-gcp since Hadoop 3.5
    "s3, expected s3a:",
    "hdsf, 'expected file:, hdfs:'"
  })
  void everySchemeWithoutAClientSaysWhatIsMissing(String scheme, String remedy) {
    Explanation explanation = explained(new DataException("Cannot read it", refusal(scheme)));
    assertEquals(ExitCode.FAILURE, explanation.code());
    String message = explanation.lines().get(0);
    assertTrue(message.startsWith("Cannot use " + scheme + ":"), message);
    assertTrue(message.contains(remedy), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com/amazonaws/AmazonClientException",
        "software/amazon/awssdk/core/exception/SdkException"
      })
  void theSdkBesideTheClientMayBeMissing(String name) {
    Throwable failure = new NoClassDefFoundError(name);
    assertTrue(explained(failure).lines().get(0).contains("AWS SDK"));
  }

  @Test
  void otherMissingClassesAreNotExplained() {
    Throwable ours = new ClassNotFoundException("Class io.unroll.Absent not found");
    assertEquals(Optional.empty(), MissingFileSystems.explain(new IllegalStateException(ours)));
    assertEquals(
        Optional.empty(), MissingFileSystems.explain(new NoClassDefFoundError("io/unroll/Absent")));
  }

  @Test
  void commandsWithoutSparkSayIt() {
    for (List<String> command :
        List.of(
            List.of("sample", "--model=s3a://bucket/x"),
            List.of("report", "--run=s3a://bucket/x"),
            List.of("train", "--config=s3a://bucket/x.yaml"))) {
      Execution execution = Execution.of(command.toArray(String[]::new));
      assertEquals(ExitCode.FAILURE.code(), execution.code(), execution::err);
      assertTrue(execution.err().contains("org.apache.hadoop:hadoop-aws:"), execution::err);
      assertEquals(1, execution.err().lines().count(), execution::err);
    }
  }

  private static Explanation explained(Throwable failure) {
    return MissingFileSystems.explain(failure).orElseThrow();
  }

  /** What Hadoop throws. */
  private static Throwable refusal(String scheme) {
    try {
      FileSystem.get(URI.create(scheme + "://bucket/x"), new Configuration());
      throw new AssertionError("There is a client for " + scheme);
    } catch (Exception e) {
      return e;
    }
  }
}
