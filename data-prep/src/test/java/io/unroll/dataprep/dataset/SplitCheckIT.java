package io.unroll.dataprep.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.LocalSpark;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which failures of reading a split are blamed on its data. */
class SplitCheckIT {
  /** Bytes from one that is changed to the next; with 1, the test takes four minutes. */
  private static final int STEP = 108;

  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path folder;
  private Path manifest;
  private Path part;

  @BeforeEach
  void copyDataset() throws IOException, URISyntaxException {
    Path from = Path.of(SplitCheckIT.class.getResource("/datasets/text-v1").toURI());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = folder.resolve(from.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    manifest = folder.resolve(Manifest.FILE);
    try (Stream<Path> files = Files.list(folder.resolve("split=train"))) {
      part = files.findFirst().orElseThrow();
    }
    spark
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.faulty.impl", FaultyFileSystem.class.getName());
  }

  @AfterEach
  void mend() {
    FaultyFileSystem.meets(file -> {});
  }

  private void verify(String uri) {
    DatasetDirectory.open(uri, spark.sessionState().newHadoopConf()).verify(spark, Split.TRAIN);
  }

  private String faulty() {
    return FaultyFileSystem.SCHEME + "://" + folder;
  }

  /** The innermost cause of what reading the parts throws, which is no complaint of the data. */
  private Throwable cause(FaultyFileSystem.Fault fault) {
    FaultyFileSystem.meets(
        file -> {
          if (file.getName().endsWith(".parquet")) {
            fault.meet(file);
          }
        });
    Throwable failure = assertThrows(Throwable.class, () -> verify(faulty()));
    while (failure.getCause() != null) {
      assertTrue(!(failure instanceof DataException), failure::toString);
      failure = failure.getCause();
    }
    return failure;
  }

  @Test
  void whatIsWholeIsReadThroughAnyFileSystem() {
    verify(faulty());
  }

  /** So that nothing but the decoders of Parquet notices. */
  @Test
  void whateverDecodersRefuseIsDamage() throws IOException {
    byte[] whole = Files.readAllBytes(part);
    String described = Files.readString(manifest);
    String hash = new Sha256().add(whole).digits();
    int refused = 0;
    for (int offset = 0; offset < whole.length; offset += STEP) {
      byte[] damaged = whole.clone();
      damaged[offset] ^= 0x55;
      Files.write(part, damaged);
      Files.writeString(manifest, described.replace(hash, new Sha256().add(damaged).digits()));
      try {
        verify(folder.toString());
      } catch (DataException damage) {
        assertTrue(damage.getMessage().startsWith("Cannot read "), damage::getMessage);
        refused++;
      }
    }
    assertTrue(refused > 2, "refused " + refused);
  }

  @Test
  void aClassThatCannotBeLoadedIsNoDamage() {
    Throwable cause =
        cause(
            file -> {
              throw new NoClassDefFoundError("org/apache/parquet/Absent");
            });
    assertEquals(NoClassDefFoundError.class, cause.getClass());
  }

  @Test
  void whatFileSystemsAndNetworksRefuseIsNoDamage() {
    for (IOException refusal :
        List.of(new IOException("Input/output error"), new SocketTimeoutException("no answer"))) {
      Throwable cause =
          cause(
              file -> {
                throw refusal;
              });
      assertEquals(refusal.getMessage(), cause.getMessage());
    }
  }

  @Test
  void aPartThatGoesAwayMeanwhileIsMissing() {
    FaultyFileSystem.meets(
        file -> {
          if (file.getName().endsWith(".parquet")) {
            Files.deleteIfExists(part);
          }
        });
    String message = assertThrows(DataException.class, () -> verify(faulty())).getMessage();
    assertTrue(message.endsWith("it is missing (restore it, or run prep again)"), message);
  }
}
