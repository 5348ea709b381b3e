package io.unroll.driver.model;

import io.unroll.worker.model.Architecture;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Another program's file of a model. Implementations are found by {@link java.util.ServiceLoader},
 * so that a jar may carry one with all that it needs, or not. Lives on the driver.
 */
public interface ForeignFormat {
  /**
   * What such a file holds; it has no vocabulary.
   *
   * @param parameters flat, in the architecture's layout; not copied
   */
  record Content(Architecture architecture, float[] parameters) {}

  /** Its name on the command line, in lower case. */
  String name();

  /** Why a model cannot be written so, as the end of a sentence about it, if it cannot. */
  default Optional<String> refusal(Architecture architecture) {
    return Optional.empty();
  }

  /** What the file cannot say as the model does, as a sentence for the user, if anything. */
  default Optional<String> remark(Architecture architecture) {
    return Optional.empty();
  }

  /** Writes a file; the stream is left open. */
  @FunctionalInterface
  interface Body {
    void write(OutputStream out) throws IOException;
  }

  /**
   * One of the files that a model becomes.
   *
   * @param suffix what its name has before the extension; empty where it is the only one
   */
  record Part(String suffix, Body body) {
    /** The only one. */
    public static List<Part> whole(Body body) {
      return List.of(new Part("", body));
    }
  }

  /**
   * The files of a model.
   *
   * @param content not modified, and not refused
   */
  List<Part> parts(Content content);
}
