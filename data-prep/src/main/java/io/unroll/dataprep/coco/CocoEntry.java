package io.unroll.dataprep.coco;

import java.io.Serializable;
import java.util.List;

/** What COCO's caption files list. */
sealed interface CocoEntry extends Serializable {
  /** Its id in the file. */
  long id();

  /** Index of the file that has it. */
  int file();

  /**
   * An image.
   *
   * @param ordinal its place among the images of all files
   */
  record Image(long id, int file, long ordinal) implements CocoEntry {}

  /**
   * A caption.
   *
   * @param image id of its image
   * @param ordinal its place among the captions of all files
   * @param words its tokens, without begin and end
   */
  record Caption(long id, int file, long ordinal, long image, List<String> words)
      implements CocoEntry {}
}
