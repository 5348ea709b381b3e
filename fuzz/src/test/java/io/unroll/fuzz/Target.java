package io.unroll.fuzz;

import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A parser and what it promises.
 *
 * @param name of the target, and of the folder of its seeds
 * @param repair makes a file of the fuzzer's bytes, where bytes alone would never get past a hash
 *     or a length; not measured
 * @param parser reads the file
 * @param refusals exceptions that the parser documents
 * @param named what the message of each must name: {@link #FILE}, or what kind of document it is
 *     where the caller adds the file
 * @param fixed bytes that may be allocated for any file
 */
public record Target(
    String name,
    UnaryOperator<byte[]> repair,
    Parser parser,
    Set<Class<? extends Exception>> refusals,
    String named,
    long fixed) {
  /** For buffers and exceptions. */
  public static final long FIXED = 4 << 20;

  /** What the file is called. */
  public static final String FILE = "hostile.file";

  /** Reads a file. */
  @FunctionalInterface
  public interface Parser {
    /** Parses; what is returned writes what was parsed, reads it again and compares. */
    Check parse(byte[] file) throws Exception;
  }

  /** A comparison that throws an {@link AssertionError} where it fails. */
  @FunctionalInterface
  public interface Check {
    /** For what has no writer. */
    Check NONE = () -> {};

    void run() throws Exception;
  }

  /** A target whose files are the fuzzer's bytes. */
  public static Target of(String name, Parser parser, Class<? extends Exception> refusal) {
    return of(name, UnaryOperator.identity(), parser, refusal);
  }

  public static Target of(
      String name,
      UnaryOperator<byte[]> repair,
      Parser parser,
      Class<? extends Exception> refusal) {
    return new Target(name, repair, parser, Set.of(refusal), FILE, FIXED);
  }

  @Override
  public String toString() {
    return name;
  }
}
