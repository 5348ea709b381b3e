package io.unroll.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class ClientDefaultsTest {
  @Test
  void replacesHadoopsDefaults() {
    Configuration hadoop = new Configuration();
    String attempts = hadoop.get("fs.s3a.attempts.maximum");
    assertTrue(List.of("5", "20").contains(attempts), "Hadoop's default, since 3.4 and before");
    ClientDefaults.apply(hadoop);
    assertEquals("0", hadoop.get("fs.s3a.attempts.maximum"));
    assertEquals("30000", hadoop.get("ipc.client.rpc-timeout.ms"));
    assertEquals("30000", hadoop.get("dfs.client.socket-timeout"), "has no default in this module");
  }

  @Test
  void keepsWhatTheUserOrAFileOfTheSiteSets() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.s3a.attempts.maximum", "20", "Set by Spark from [Spark]");
    String site =
        "<configuration><property><name>fs.s3a.retry.limit</name><value>7</value></property></configuration>";
    hadoop.addResource(
        new ByteArrayInputStream(site.getBytes(StandardCharsets.UTF_8)), "core-site.xml");
    ClientDefaults.apply(hadoop);
    ClientDefaults.apply(hadoop);
    assertEquals("20", hadoop.get("fs.s3a.attempts.maximum"));
    assertEquals("7", hadoop.get("fs.s3a.retry.limit"));
  }
}
