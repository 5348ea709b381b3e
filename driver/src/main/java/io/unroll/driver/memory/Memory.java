package io.unroll.driver.memory;

import java.util.Locale;

/**
 * Memory of a process.
 *
 * @param bytes most that its heap may have
 * @param owner such as "this process"
 * @param remedy how to give it more, up to the amount, such as "UNROLL_MEMORY="
 */
public record Memory(double bytes, String owner, String remedy) {
  private static final double GIBIBYTE = 1L << 30;
  private static final double MEBIBYTE = 1L << 20;

  /** Beyond what is needed at least, for what else is in a heap. */
  private static final double RESERVE = 1.25;

  /** The heap of this process. */
  public static Memory here() {
    return new Memory(Runtime.getRuntime().maxMemory(), "this process", "UNROLL_MEMORY=");
  }

  /**
   * Refuses what cannot fit.
   *
   * @param needed bytes, at least
   * @param action what cannot be done then, such as "train a model of 5 parameters"
   * @param smaller what else could be done, as a clause; may be empty
   * @throws NotEnoughMemoryException if there is less
   */
  public void require(double needed, String action, String smaller) {
    if (needed > bytes) {
      throw new NotEnoughMemoryException(
          String.format(
              Locale.ROOT,
              "Cannot %s: at least %s are needed, but %s has %s. Give more, such as %s%.0fg%s",
              action,
              text(needed),
              owner,
              text(bytes),
              remedy,
              Math.ceil(needed * RESERVE / GIBIBYTE),
              smaller.isEmpty() ? "" : "; or " + smaller));
    }
  }

  /** An amount for people, such as "1.5 GiB". */
  public static String text(double bytes) {
    return bytes < GIBIBYTE
        ? String.format(Locale.ROOT, "%.1f MiB", bytes / MEBIBYTE)
        : String.format(Locale.ROOT, "%,.1f GiB", bytes / GIBIBYTE);
  }
}
