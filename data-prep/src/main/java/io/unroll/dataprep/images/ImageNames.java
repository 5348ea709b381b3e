package io.unroll.dataprep.images;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which images the files of pictures are: the last number of their names. */
final class ImageNames {
  /** COCO_val2014_000000391895.jpg is 391895. */
  private static final Pattern LAST_NUMBER = Pattern.compile("(?<!\\d)0*(\\d{1,18})(?!\\d)\\D*$");

  private ImageNames() {}

  /**
   * The files by image, in the order of the ids.
   *
   * @throws DataException if a name has no number, or two have the same
   */
  static List<ImageFile> of(List<SourceFile> files) {
    Map<Long, ImageFile> byId = new TreeMap<>();
    for (SourceFile file : files) {
      ImageFile image = new ImageFile(id(file), file);
      ImageFile other = byId.putIfAbsent(image.id(), image);
      if (other != null) {
        throw new DataException(
            "Cannot read %s: its image id, the last number of its name, is %s, as that of %s (expected another for each picture)"
                .formatted(file.uri(), image.id(), other.file().uri()));
      }
    }
    return new ArrayList<>(byId.values());
  }

  private static long id(SourceFile file) {
    String name = file.uri().substring(file.uri().lastIndexOf('/') + 1);
    int end = name.lastIndexOf('.');
    Matcher matcher = LAST_NUMBER.matcher(end < 1 ? name : name.substring(0, end));
    if (!matcher.find()) {
      throw new DataException(
          "Cannot read %s: its name has no number (expected the image id in it, as in COCO_val2014_000000391895.jpg; rename it)"
              .formatted(file.uri()));
    }
    return Long.parseLong(matcher.group(1));
  }
}
