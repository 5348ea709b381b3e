package io.unroll.driver.cli;

import io.unroll.dataprep.place.Place;
import io.unroll.driver.run.Storage;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A page or picture that a command writes where {@code --output} says. */
final class OutputFile {
  private OutputFile() {}

  /**
   * Writes it, new or over an old one.
   *
   * @return full URI of the file
   */
  static String write(String output, String content, Configuration hadoop) {
    Path file = Place.of(output);
    Path parent = file.getParent();
    // That of a name alone has no letters.
    String folder = parent == null || parent.toString().isEmpty() ? "." : parent.toString();
    try (Storage storage = Storage.open(folder, hadoop)) {
      storage.write(file.getName(), content.getBytes(StandardCharsets.UTF_8));
      return storage.uri(file.getName());
    }
  }
}
