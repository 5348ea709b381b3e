package io.unroll.driver.cli;

import io.unroll.dataprep.generate.Glimpses.Path;
import picocli.CommandLine.Option;

/** Which windows on pictures are read. */
final class GlimpseOptions {
  @Option(names = "--central", description = "takes one window, in the middle, instead of six")
  private boolean central;

  Path path() {
    return central ? Path.CENTRAL : Path.SIX;
  }
}
