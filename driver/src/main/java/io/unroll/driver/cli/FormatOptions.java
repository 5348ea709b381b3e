package io.unroll.driver.cli;

import io.unroll.driver.model.ForeignFormat;
import io.unroll.driver.model.ReadableFormat;
import java.util.ServiceLoader;
import picocli.CommandLine.Option;

/** Unroll's own format, or that of another program, which a jar of its own may have to carry. */
final class FormatOptions {
  private static final String UNROLL = "unroll";
  private static final String DL4J = "dl4j";

  @Option(
      names = "--format",
      required = true,
      paramLabel = "NAME",
      description = {
        "dl4j: a zip that Deeplearning4j's ModelSerializer writes and reads;",
        "for export also onnx: a graph that runtimes of ONNX compute, and unroll: a model directory"
      })
  private String name;

  /** As it was given. */
  String name() {
    return name;
  }

  /** Whether it is Unroll's own: a model directory. */
  boolean ofUnroll() {
    return name.equals(UNROLL);
  }

  /**
   * The format of another program.
   *
   * @throws UsageException if there is none of that name, or this jar does not carry it
   */
  ForeignFormat format() {
    return ServiceLoader.load(ForeignFormat.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UsageException(absence()));
  }

  /**
   * The format of another program, to read.
   *
   * @throws UsageException if there is none of that name, or this jar does not carry it
   */
  ReadableFormat readable() {
    if (format() instanceof ReadableFormat readable) {
      return readable;
    }
    throw new UsageException("Invalid --format: %s (expected dl4j)".formatted(name));
  }

  private String absence() {
    return name.equals(DL4J)
        ? "Cannot use --format dl4j: this application jar is without Deeplearning4j. Take the one"
            + " that has it: export"
            + " UNROLL_JAR=driver/dl4j/target/unroll-driver-dl4j-VERSION-app.jar, or submit that"
            + " jar"
        : "Invalid --format: %s (expected dl4j, onnx or unroll)".formatted(name);
  }
}
