package io.unroll.driver.cli;

import com.sun.security.auth.module.UnixSystem;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * Gives a name to a user for whom the system has none, such as the arbitrary user ids of OpenShift.
 * Hadoop asks for it before it opens a file of any kind, and fails without.
 */
final class NamelessUser {
  /** What Java says instead of a name or a home folder. */
  private static final String UNKNOWN = "?";

  private NamelessUser() {}

  /** Takes {@code HADOOP_USER_NAME}, or else {@code uid-NUMBER}; nothing if there is a name. */
  static void name() {
    if (!UNKNOWN.equals(System.getProperty("user.name"))) {
      return;
    }
    String given = System.getenv("HADOOP_USER_NAME");
    String name = given == null || given.isEmpty() ? "uid-" + new UnixSystem().getUid() : given;
    System.setProperty("user.name", name);
    if (UNKNOWN.equals(System.getProperty("user.home"))) {
      System.setProperty("user.home", System.getenv().getOrDefault("HOME", "/"));
    }
    UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name));
  }
}
