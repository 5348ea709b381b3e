package io.unroll.driver.serve;

import java.util.Map;

/**
 * Limits of the JDK's server, which it reads from system properties when it is first used: see <a
 * href="https://docs.oracle.com/en/java/javase/17/docs/api/jdk.httpserver/module-summary.html">its
 * module</a>. Those that a user has set stay.
 */
final class HttpLimits {
  private HttpLimits() {}

  static void set(ServeLimits limits) {
    Map.of(
            "jdk.httpserver.maxConnections",
            limits.connections(),
            "sun.net.httpserver.maxReqTime",
            ServeLimits.REQUEST_SECONDS,
            "sun.net.httpserver.maxRspTime",
            limits.seconds() + ServeLimits.STALLED_SECONDS,
            "sun.net.httpserver.maxIdleConnections",
            limits.connections(),
            "sun.net.httpserver.idleInterval",
            ServeLimits.REQUEST_SECONDS)
        .forEach(
            (name, value) -> {
              if (System.getProperty(name) == null) {
                System.setProperty(name, value.toString());
              }
            });
  }
}
