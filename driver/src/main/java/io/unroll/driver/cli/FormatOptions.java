package io.unroll.driver.cli;

import io.unroll.driver.model.ForeignFormat;
import io.unroll.driver.model.ReadableFormat;
import java.util.Optional;
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
        "safetensors: the parameters of a module of PyTorch, by its names;",
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
    return found().orElseThrow(() -> absence("dl4j, onnx, safetensors or unroll"));
  }

  /**
   * The format of another program, to read.
   *
   * @throws UsageException if there is none of that name, or this jar does not carry it
   */
  ReadableFormat readable() {
    return found()
        .filter(ReadableFormat.class::isInstance)
        .map(ReadableFormat.class::cast)
        .orElseThrow(() -> absence("dl4j or safetensors"));
  }

  private Optional<ForeignFormat> found() {
    return ServiceLoader.load(ForeignFormat.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(format -> format.name().equals(name))
        .findFirst();
  }

  private UsageException absence(String expected) {
    return name.equals(DL4J)
        ? LibraryJar.DEEPLEARNING4J.absence("--format dl4j")
        : new UsageException("Invalid --format: %s (expected %s)".formatted(name, expected));
  }
}
