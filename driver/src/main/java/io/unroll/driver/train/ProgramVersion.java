package io.unroll.driver.train;

import java.util.Optional;

/** The version of this program. */
public final class ProgramVersion {
  private ProgramVersion() {}

  /** As in the manifest of the application jar. */
  public static String text() {
    return Optional.ofNullable(ProgramVersion.class.getPackage().getImplementationVersion())
        .orElse("(not from its jar)");
  }
}
