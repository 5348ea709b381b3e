package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords in addresses are refused before anything prints, logs or stores them. */
class SecretsIT {
  private static final Training NONE =
      (spark, configuration, out, stop) -> {
        throw new AssertionError("Started in spite of the password");
      };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --data s3a://key:s3cret@bucket/data --run run",
        "train --data data --run=ftp://me:s3cret@host/run",
        "train --data data --set run=hdfs://me:s3cret@host:8020/run",
        "train --data data --run run --rum=ftp://me:s3cret@host/run",
        "train --data data --run s3a://key:s3cr/s3cret@bucket/run",
        "train --data data --run s3a://key:12/s3cret@bucket/run",
        "train --data s3a://key%3As3cr/et@bucket/data --run run",
        "train --data data --run run ftp://me:s3cret@host/run",
        "train --config ftp://me:s3cret@host/conf.yaml",
        "train --data data --run run --master k8s://https://me:s3cret@host",
        "prep --kind text --tokenizer char --output out --input a ftp://me:s3cret@host/b",
        "prep --kind text --tokenizer char --input a --output ftp://me:s3cret@host/out",
        "evaluate --model ftp://me:s3cret@host/m --data data",
        "sample --model ftp://me:s3cret@host/m",
        "sample --model https://host/m?X-Amz-Credential=s3cret&X-Amz-Signature=s3cret",
        "report --run ftp://me:s3cret@host/run"
      })
  void passwordsInAddressesAreRefusedUnprinted(String line) {
    Execution refused = Execution.of(NONE, line.split(" "));
    assertEquals(2, refused.code(), refused.err());
    assertFalse(refused.err().contains("s3cr"), refused.err());
    assertFalse(refused.out().contains("s3cr"), refused.out());
  }

  @Test
  void theMessageNamesTheOptionAndTheRemedy() {
    Execution refused = Execution.of(NONE, "report", "--run", "ftp://me:s3cret@host/run");
    assertTrue(
        refused
            .err()
            .startsWith(
                "Invalid --run: ftp://***@host/run (expected no password in it; give it in the"
                    + " settings of the file system)"),
        refused.err());
  }

  @Test
  void passwordsInFilesAreRefusedUnprinted(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("conf.yaml");
    Files.writeString(file, "data: s3a://key:s3cret@bucket/data\nrun: run\n");
    Execution refused = Execution.of(NONE, "train", "--config", file.toString());
    assertEquals(2, refused.code(), refused.err());
    assertTrue(refused.err().contains("Invalid data: s3a://***@bucket/data"), refused.err());
  }

  @ParameterizedTest
  @CsvSource({
    "hdfs://host:8020/user/me@home/data",
    "abfss://container@account.dfs.core.windows.net/data",
    "s3a://bucket/a:b@c",
    "/data/a:b@c",
    "hdfs://me@host/data"
  })
  void addressesWithoutPasswordsAreTaken(String address) {
    Execution taken =
        Execution.of(NONE, "train", "--data", address, "--run", "run", "--print-config");
    assertEquals(0, taken.code(), taken.err());
    assertTrue(taken.out().contains(address), taken.out());
  }

  @Test
  void whatOthersSayIsPrintedWithoutPasswords() {
    StringWriter err = new StringWriter();
    Failures.report(
        new IllegalStateException("Cannot reach ftp://me:s3cret@host/x"), new PrintWriter(err));
    assertTrue(err.toString().contains("ftp://***@host/x"), err.toString());
    assertFalse(err.toString().contains("s3cret"), err.toString());
  }

  /** Spark's and Hadoop's settings with secrets leave no trace in a run. */
  @Test
  void secretsInSparksSettingsAreStoredNowhere(@TempDir Path folder) throws IOException {
    System.setProperty("spark.hadoop.fs.s3a.secret.key", "s3cret");
    System.setProperty("spark.hadoop.fs.ftp.password.host", "s3cret");
    System.setProperty("spark.authenticate.secret", "s3cret");
    try {
      String corpus = folder.resolve("corpus.txt").toString();
      String data = folder.resolve("data").toString();
      String run = folder.resolve("run").toString();
      Files.writeString(Path.of(corpus), "hello world, hello lanes.\n".repeat(200));
      String prep = "prep --master local[1] --kind text --tokenizer char --input %s --output %s";
      String train =
          "train --master local[1] --data %s --run %s --model.hidden 8 --model.layers 1"
              + " --model.embedding 4 --training.batch 2 --training.window 8 --training.max-rounds 1"
              + " --averaging.interval 2 --averaging.lanes 1 --validation.every 1";
      for (String line : new String[] {prep.formatted(corpus, data), train.formatted(data, run)}) {
        Execution done = Execution.of(line.split(" "));
        assertEquals(0, done.code(), done.err());
        assertFalse((done.out() + done.err()).contains("s3cret"));
      }
      assertTrue(Files.exists(Path.of(run, "report.html")));
      assertNowhere(folder);
    } finally {
      System.clearProperty("spark.hadoop.fs.s3a.secret.key");
      System.clearProperty("spark.hadoop.fs.ftp.password.host");
      System.clearProperty("spark.authenticate.secret");
    }
  }

  private static void assertNowhere(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertFalse(text.contains("s3cret"), file.toString());
      }
    }
  }
}
