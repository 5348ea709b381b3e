package io.unroll.dataprep.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.source.Packing;
import io.unroll.dataprep.source.SourceFile;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImageNamesTest {
  private static List<Long> ids(String... names) {
    return images(names).stream().map(ImageFile::id).toList();
  }

  private static List<ImageFile> images(String... names) {
    return ImageNames.of(
        Stream.of(names)
            .map(name -> new SourceFile("file:/pictures12/" + name, 1, Packing.NONE))
            .toList());
  }

  private static void refused(String reason, String... names) {
    DataException refusal = assertThrows(DataException.class, () -> images(names));
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }

  @Test
  void theLastNumberOfANameIsItsId() {
    assertEquals(List.of(391895L), ids("COCO_val2014_000000391895.jpg"));
    assertEquals(List.of(7L), ids("7"));
    assertEquals(List.of(3L), ids("a1-b2-c3-small.png"));
    assertEquals(List.of(0L), ids("000.bmp"));
    assertEquals(List.of(12L), ids("12.final.gif"));
    assertEquals(List.of(999999999999999999L), ids("0999999999999999999.jpg"));
  }

  @Test
  void filesAreInTheOrderOfTheIds() {
    assertEquals(List.of(2L, 9L, 10L), ids("10.jpg", "9.jpg", "2.jpg"));
  }

  @Test
  void refusesNamesWithoutANumber() {
    refused("Cannot read file:/pictures12/cat.jp2: its name has no number", "cat.jp2");
    refused("its name has no number", "1234567890123456789.jpg");
  }

  @Test
  void refusesTheSameIdTwice() {
    refused("is 7, as that of file:/pictures12/7.jpg", "7.jpg", "image-007.png");
  }
}
