package io.unroll.driver.run;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * How long clients of HDFS and S3 try before they fail. Hadoop's own defaults wait for hours on a
 * server that takes connections and does not answer, or answers with errors. What an administrator
 * or user has set stays. The results are in {@code docs/storage.md}.
 */
public final class ClientLimits {
  private static final Map<String, String> LIMITS =
      Map.of(
          // HDFS: by default calls wait for ever, and connecting takes 45 times 20 s.
          "ipc.client.rpc-timeout.ms", "30000",
          "ipc.client.connect.timeout", "10000",
          "ipc.client.connect.max.retries.on.timeouts", "2",
          "dfs.client.socket-timeout", "30000",
          "dfs.datanode.socket.write.timeout", "30000",
          // S3A: two loops, one in the other, by default 21 times 8, each time up to 200 s.
          "fs.s3a.connection.timeout", "20000",
          "fs.s3a.attempts.maximum", "1",
          "fs.s3a.retry.limit", "3",
          // Throttled, it sleeps 100 ms at first, then twice as long each time.
          "fs.s3a.retry.throttle.limit", "8");

  private ClientLimits() {}

  /** Sets the limits that only have Hadoop's defaults. */
  public static void apply(Configuration hadoop) {
    LIMITS.forEach(
        (key, limit) -> {
          if (isDefault(hadoop.getPropertySources(key))) {
            hadoop.set(key, limit, ClientLimits.class.getSimpleName());
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
