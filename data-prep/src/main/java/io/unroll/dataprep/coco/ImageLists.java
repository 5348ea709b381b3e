package io.unroll.dataprep.coco;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.features.ImageId;
import io.unroll.dataprep.source.Inputs;
import io.unroll.dataprep.source.Recognition;
import io.unroll.dataprep.source.SourceFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * Lists of image ids, a line each: the id last, after a file name or nothing, as in <a
 * href="https://github.com/peteanderson80/Up-Down-Captioner/tree/master/data/coco_splits">the lists
 * of Karpathy's splits</a>.
 */
final class ImageLists {
  /** Where an image is listed. */
  record Place(Split split, String file, long line) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s, line %d", file, line);
    }
  }

  private final Configuration hadoop;
  private final Map<Long, Place> places = new HashMap<>();

  ImageLists(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** Every image that was read, by id. */
  Map<Long, Place> places() {
    return places;
  }

  /**
   * Reads the lists of a split.
   *
   * @throws DataException if a list cannot be read, or names an image twice
   */
  List<SourceFile> read(Split split, List<String> uris) {
    List<SourceFile> files =
        uris.isEmpty()
            ? List.of()
            : new Inputs(hadoop)
                .files(uris).stream().map(file -> Recognition.of(file, hadoop)).toList();
    files.forEach(file -> read(split, file));
    return files;
  }

  private void read(Split split, SourceFile file) {
    try (var in = file.open(hadoop, 0)) {
      read(split, file.uri(), in);
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  /** Reads one list; the stream is left open. */
  void read(Split split, String file, InputStream in) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    try {
      long number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          add(line.strip(), new Place(split, file, number));
        }
        number++;
      }
    } catch (CharacterCodingException e) {
      throw new DataException("Cannot read %s: it is not UTF-8".formatted(file), e);
    }
  }

  private void add(String line, Place place) {
    long id = ImageId.last(line, place);
    Place earlier = places.put(id, place);
    if (earlier != null) {
      throw new DataException(
          "Cannot read %s: image id %s is in %s too".formatted(place, id, earlier));
    }
  }
}
