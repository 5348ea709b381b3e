package io.unroll.driver.model;

import io.unroll.worker.model.Architecture;
import java.io.IOException;
import java.io.OutputStream;
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
  Optional<String> refusal(Architecture architecture);

  /** What the file cannot say as the model does, as a sentence for the user, if anything. */
  Optional<String> remark(Architecture architecture);

  /**
   * Writes a file; the stream is left open.
   *
   * @param content not modified, and not refused
   */
  void write(Content content, OutputStream out) throws IOException;
}
