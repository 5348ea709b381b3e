package io.unroll.driver.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/** A ResourceManager and a NodeManager, in one process, whose containers are processes. */
final class YarnServer implements AutoCloseable {
  private static final Map<String, String> SETTINGS =
      Map.of(
          // Which Hadoop's distribution has in a file, and the mini-cluster does not.
          "yarn.scheduler.capacity.root.queues", "default",
          "yarn.scheduler.capacity.root.default.capacity", "100",
          "yarn.scheduler.capacity.maximum-am-resource-percent", "1",
          "yarn.scheduler.minimum-allocation-mb", "128",
          "yarn.nodemanager.resource.memory-mb", "4096",
          "yarn.nodemanager.vmem-check-enabled", "false",
          "yarn.nodemanager.disk-health-checker.enable", "false",
          "yarn.nodemanager.delete.debug-delay-sec", "600");

  private final Path folder;
  private Process process;

  YarnServer(Path folder) {
    this.folder = folder;
  }

  /** Returns when a node has joined. */
  void launch() throws IOException {
    Files.createDirectories(configuration());
    List<String> words = new ArrayList<>();
    words.add(StoreServer.java().toString());
    words.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    words.add("--add-opens=java.base/java.lang=ALL-UNNAMED"); // of the web pages' Guice
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.addAll(List.of(YarnServer.class.getName(), configuration().toString()));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile()) // where the mini-cluster has its own
            .redirectError(folder.resolve("yarn.log").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    process = builder.start();
    StoreServer.awaitReady(process.inputReader(StandardCharsets.UTF_8));
  }

  /** What HADOOP_CONF_DIR names. */
  Path configuration() {
    return folder.resolve("conf");
  }

  /** A process of a container that has all of these in its command line. */
  ProcessHandle container(String... words) {
    ProcessHandle[] found = new ProcessHandle[1];
    Processes.await(
        "a container",
        RunOnStoreContract.LIMIT,
        () -> {
          found[0] =
              process.descendants().filter(child -> isJava(child, words)).findFirst().orElse(null);
          return found[0] != null;
        });
    return found[0];
  }

  private static boolean isJava(ProcessHandle process, String... words) {
    String line = process.info().commandLine().orElse("");
    return process.info().command().filter(name -> name.endsWith("/java")).isPresent()
        && List.of(words).stream().allMatch(line::contains);
  }

  @Override
  public void close() {
    if (process != null) {
      List<ProcessHandle> containers = process.descendants().toList();
      process.destroyForcibly();
      containers.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** Serves until standard input ends, as it does when the test's process does. */
  @SuppressWarnings("CatchAndPrintStackTrace") // nothing else would, once the process is halted
  public static void main(String[] arguments) throws IOException {
    Configuration configuration = new YarnConfiguration();
    SETTINGS.forEach(configuration::set);
    MiniYARNCluster cluster = new MiniYARNCluster("yarn", 1, 1, 1);
    try {
      cluster.init(configuration);
      cluster.start();
      Path file = Path.of(arguments[0]).resolve("yarn-site.xml");
      try (OutputStream out = Files.newOutputStream(file)) {
        cluster.getConfig().writeXml(out);
      }
      System.out.println(StoreServer.READY);
      while (System.in.read() >= 0) {}
    } catch (RuntimeException failure) {
      failure.printStackTrace();
    } finally {
      Runtime.getRuntime().halt(0); // threads of the cluster would go on
    }
  }
}
