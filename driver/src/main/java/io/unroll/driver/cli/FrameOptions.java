package io.unroll.driver.cli;

import io.unroll.dataprep.generate.Frames;
import io.unroll.dataprep.generate.Frames.Labels;
import picocli.CommandLine.Option;

/** Clips of pictures that drift. */
final class FrameOptions {
  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "frames of each clip (default: ${DEFAULT-VALUE}; 2 to 1000)")
  private int frames = Frames.DEFAULT_FRAMES;

  @Option(
      names = "--labels-of",
      paramLabel = "NAME",
      description =
          "class-direction, direction or class: what the label of each frame says (default:"
              + " ${DEFAULT-VALUE})")
  private String labelsOf = "class-direction";

  int frames() {
    return frames;
  }

  Labels labels() {
    return Labels.of(labelsOf);
  }
}
