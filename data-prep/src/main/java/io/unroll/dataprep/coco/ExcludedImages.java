package io.unroll.dataprep.coco;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.features.ImageId;
import io.unroll.dataprep.source.Inputs;
import io.unroll.dataprep.source.Recognition;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.source.TextLines;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * Images that are left out, whatever else lists them: an id in each line, last.
 *
 * @param files that list them
 */
record ExcludedImages(List<SourceFile> files, Set<Long> ids) {
  /**
   * Reads the lists.
   *
   * @throws DataException if one cannot be read, or has a line without an id
   */
  static ExcludedImages read(List<String> uris, Configuration hadoop) {
    List<SourceFile> files =
        uris.isEmpty()
            ? List.of()
            : new Inputs(hadoop)
                .files(uris).stream().map(file -> Recognition.of(file, hadoop)).toList();
    Set<Long> ids = new HashSet<>();
    files.forEach(file -> read(file, hadoop, ids));
    return new ExcludedImages(files, ids);
  }

  private static void read(SourceFile file, Configuration hadoop, Set<Long> ids) {
    try (var lines = new TextLines(file.open(hadoop, 0), file.uri())) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank()) {
          ids.add(ImageId.last(line, file.uri() + ", line " + lines.number()));
        }
      }
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }
}
