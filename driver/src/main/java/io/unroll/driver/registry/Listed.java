package io.unroll.driver.registry;

/** A folder of a registry's versions, as far as it can be told what is in it. */
public sealed interface Listed {
  /** The number that the folder is called by. */
  int number();

  /** A version. */
  record Whole(Version version) implements Listed {
    @Override
    public int number() {
      return version.number();
    }
  }

  /**
   * A version that was accepted and is not what it was.
   *
   * @param problem names the file
   */
  record Damaged(int number, String problem) implements Listed {}

  /** Is being written, or was left over by a kill. */
  record Unfinished(int number) implements Listed {}
}
