package io.unroll.driver.model;

import io.unroll.worker.format.FormatException;
import io.unroll.worker.model.LanguageArchitecture;
import java.io.IOException;
import java.io.InputStream;
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
  record Content(LanguageArchitecture architecture, float[] parameters) {}

  /** Its name on the command line, in lower case. */
  String name();

  /** What the file cannot say as the model does, as a sentence for the user, if anything. */
  Optional<String> remark(LanguageArchitecture architecture);

  /**
   * Writes a file; the stream is left open.
   *
   * @param content not modified
   */
  void write(Content content, OutputStream out) throws IOException;

  /**
   * Reads a file; the stream is left open.
   *
   * @param length bytes of the file
   * @param file name for messages
   * @throws FormatException if it is damaged, or holds what is no model of Unroll's, naming what
   */
  Content read(InputStream in, long length, String file) throws IOException;
}
