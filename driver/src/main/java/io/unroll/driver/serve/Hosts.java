package io.unroll.driver.serve;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;

/**
 * Which names a server may be asked by. One that listens to this machine only refuses others: a
 * page of another site could have its own name lead here (DNS rebinding), and read what is
 * answered.
 */
final class Hosts {
  private static final Set<String> OWN = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean loopback;

  Hosts(InetAddress address) {
    this.loopback = address.isLoopbackAddress();
  }

  /**
   * Refuses a request by another name.
   *
   * @param host header of the request
   */
  void require(String host) {
    String name = host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
    if (loopback && !OWN.contains(name)) {
      throw new Refusal(
          Refusal.FORBIDDEN,
          "Cannot answer requests for another host than localhost (the server listens to this machine only)");
    }
  }
}
