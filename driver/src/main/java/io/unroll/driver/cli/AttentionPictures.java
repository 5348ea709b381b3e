package io.unroll.driver.cli;

import io.unroll.driver.predict.DrawnAttention;
import io.unroll.driver.run.Storage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/** Writes pictures of what a model looked at, a file for each of the first texts. */
final class AttentionPictures {
  /** People look at some, not at all of a corpus. */
  static final int MOST = 100;

  private AttentionPictures() {}

  /**
   * Draws; files that are there are replaced.
   *
   * @param folder URI of the folder that gets 0001.svg, 0002.svg, ... by the number of the line; an
   *     empty line has none
   */
  static void write(
      DrawnAttention attention, List<String> texts, String folder, Configuration hadoop) {
    try (Storage storage = Storage.open(folder, hadoop)) {
      for (int line = 0; line < texts.size(); line++) {
        String file = String.format(Locale.ROOT, "%04d.svg", line + 1);
        attention
            .of(texts.get(line))
            .ifPresent(
                picture -> storage.write(file, picture.toSvg().getBytes(StandardCharsets.UTF_8)));
      }
    }
  }
}
