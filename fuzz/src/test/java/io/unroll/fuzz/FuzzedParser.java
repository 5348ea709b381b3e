package io.unroll.fuzz;

/**
 * What the fuzzer calls, with one input after the other; the system property {@code
 * unroll.fuzz.target} names the parser. {@code fuzz/run} starts it.
 */
public final class FuzzedParser {
  private static final Target TARGET = Targets.named(System.getProperty("unroll.fuzz.target"));

  private FuzzedParser() {}

  /** Called once: loads classes, so that no input is blamed for it. */
  public static void fuzzerInitialize() {
    for (int x = 0; x < 3; x++) {
      try {
        Trial.parses(TARGET, new byte[] {'{', '}'});
      } catch (AssertionError e) {
        // Of the limits; a true one comes again.
      }
    }
  }

  /** The fuzzer's entry; throws what it finds. */
  public static void fuzzerTestOneInput(byte[] input) {
    Trial.parses(TARGET, input);
  }
}
