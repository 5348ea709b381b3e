package io.unroll.driver.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A NameNode and one DataNode; the client asks for three copies, as is Hadoop's default. */
class MetricsOnHdfsTest {
  @TempDir private static Path folder;
  private static final Locale LOCALE = Locale.getDefault(Locale.Category.FORMAT);
  private static MiniDFSCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    // A NameNode numbers its files in the digits of the locale, and then does not find them.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    Configuration server = new Configuration();
    server.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    cluster = new MiniDFSCluster.Builder(server).numDataNodes(1).build();
    cluster.waitActive();
  }

  @AfterAll
  static void stop() {
    cluster.shutdown();
    Locale.setDefault(Locale.Category.FORMAT, LOCALE);
  }

  @Test
  void everyEventIsAppendedAtOnce() {
    try (Storage storage = storage("at-once")) {
      MetricsLog log = MetricsLog.open(storage, -1);
      for (int round = 1; round <= 5; round++) {
        log.append(line(round));
        assertEquals(round, lines(storage));
      }
    }
  }

  @Test
  void whatAKilledRunAppendedLastIsKeptAndAppendedTo() throws IOException {
    try (Storage storage = storage("killed")) {
      storage.append(MetricsLog.FILE, (line(1) + "\n" + line(2) + "\n").getBytes(UTF_8));
      try (FileSystem other = FileSystem.newInstance(cluster.getURI(), client())) {
        var file = new org.apache.hadoop.fs.Path("/killed/" + MetricsLog.FILE);
        // Never closed: that is how a killed process leaves it.
        FSDataOutputStream unclosed = other.append(file);
        unclosed.write((line(3) + "\n").getBytes(UTF_8));
        unclosed.hflush();
        MetricsLog log = MetricsLog.open(storage, 3);
        log.append(line(4));
        assertEquals(4, lines(storage));
      }
    }
  }

  private static Storage storage(String directory) {
    return Storage.open(cluster.getURI() + "/" + directory, client());
  }

  private static Configuration client() {
    Configuration client = new Configuration();
    ClientDefaults.apply(client);
    return client;
  }

  private static String line(int round) {
    return "{\"round\":" + round + "}";
  }

  private static long lines(Storage storage) {
    return new String(storage.read(MetricsLog.FILE, 1000), UTF_8).lines().count();
  }
}
