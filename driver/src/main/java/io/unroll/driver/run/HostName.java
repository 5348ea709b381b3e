package io.unroll.driver.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** What this machine is called. */
public final class HostName {
  private HostName() {}

  /** Its name in the network, or what the environment says where it has none. */
  public static String here() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("localhost");
    }
  }
}
