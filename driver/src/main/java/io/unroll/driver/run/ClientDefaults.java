package io.unroll.driver.run;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * Settings of the clients of HDFS and S3 in place of Hadoop's defaults, which wait for hours on a
 * server that takes connections and does not answer, or answers with errors, and which cannot
 * append where HDFS has fewer DataNodes than copies. What an administrator or user has set stays.
 * {@code docs/storage.md} has the list.
 */
public final class ClientDefaults {
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          // HDFS: by default calls wait for ever, and connecting takes 45 times 20 s.
          Map.entry("ipc.client.rpc-timeout.ms", "30000"),
          Map.entry("ipc.client.connect.timeout", "10000"),
          Map.entry("ipc.client.connect.max.retries.on.timeouts", "2"),
          Map.entry("dfs.client.socket-timeout", "30000"),
          Map.entry("dfs.datanode.socket.write.timeout", "30000"),
          // Goes on with the DataNodes that are left.
          Map.entry("dfs.client.block.write.replace-datanode-on-failure.best-effort", "true"),
          // S3A: two loops, one in the other, by default 21 times 8, each time up to 200 s. Here
          // the inner one does not repeat.
          Map.entry("fs.s3a.connection.timeout", "20000"),
          Map.entry("fs.s3a.attempts.maximum", "0"),
          Map.entry("fs.s3a.retry.limit", "3"),
          // Throttled, it sleeps 100 ms at first, then twice as long each time.
          Map.entry("fs.s3a.retry.throttle.limit", "8"));

  private ClientDefaults() {}

  /** Sets what only has Hadoop's defaults. */
  public static void apply(Configuration hadoop) {
    DEFAULTS.forEach(
        (key, value) -> {
          if (isDefault(hadoop.getPropertySources(key))) {
            hadoop.set(key, value, ClientDefaults.class.getSimpleName());
          }
        });
  }

  /** Sources are files such as core-default.xml and core-site.xml, the last one decides. */
  private static boolean isDefault(String[] sources) {
    return sources == null
        || sources.length == 0
        || sources[sources.length - 1].endsWith("-default.xml");
  }
}
