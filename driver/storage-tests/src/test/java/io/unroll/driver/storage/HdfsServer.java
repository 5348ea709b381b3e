package io.unroll.driver.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A NameNode and a DataNode, in one process. The DataNode can be stopped alone. */
final class HdfsServer extends StoreServer {
  private final Path folder;

  HdfsServer(Path folder) {
    this.folder = folder;
  }

  @Override
  protected ProcessBuilder command() {
    return new ProcessBuilder(
            List.of(
                java().toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                HdfsServer.class.getName(),
                folder.toString(),
                Integer.toString(port)))
        .redirectError(folder.resolve("hdfs.log").toFile());
  }

  @Override
  String uri(String path) {
    return "hdfs://127.0.0.1:" + port + "/" + path;
  }

  @Override
  Map<String, String> settings() {
    return Map.of("dfs.replication", "1");
  }

  /** Serves until standard input ends, as it does when the test's process does. */
  public static void main(String[] arguments) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, arguments[0] + "/data");
    MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(configuration)
            .nameNodePort(Integer.parseInt(arguments[1]))
            .numDataNodes(1)
            .build();
    cluster.waitActive();
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    MiniDFSCluster.DataNodeProperties stopped = null;
    for (String command = in.readLine(); command != null; command = in.readLine()) {
      if (command.equals("stop")) {
        stopped = cluster.stopDataNode(0);
      } else {
        cluster.restartDataNode(stopped, false);
        cluster.waitActive();
      }
      System.out.println("ready");
    }
    Runtime.getRuntime().halt(0);
  }
}
