package io.unroll.dataprep.coco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.source.Packing;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CocoParserTest {
  private static List<CocoEntry> parse(String json) throws IOException {
    var file = new CocoFile(new SourceFile("a.json", json.length(), Packing.NONE), 2, 100, 1000);
    var in = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    List<CocoEntry> entries = new ArrayList<>();
    try (var parser = new CocoParser(file, new CaptionTokenizer(1), in)) {
      for (CocoEntry entry = parser.next(); entry != null; entry = parser.next()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  @Test
  void numbersEntriesAcrossFiles() throws IOException {
    assertEquals(
        List.of(
            new CocoEntry.Caption(5, 2, 1000, 8, List.of("a", "b")),
            new CocoEntry.Image(8, 2, 100),
            new CocoEntry.Image(9, 2, 101)),
        parse(
            "{\"annotations\":[{\"score\":NaN,\"caption\":\"A b.\",\"id\":5,\"image_id\":8}],\"other\":[[{}]],"
                + "\"images\":[{\"id\":8},{\"license\":{\"a\":[]},\"id\":9}]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | it ends before there is an object with images and annotations",
        "[] | expected an object with images and annotations, found a list",
        "{} | it has no list of images",
        "{\"images\":[]} | it has no list of annotations",
        "{\"images\":{}} | expected a list of images, found an object",
        "{\"images\":[],\"images\":[]} | Duplicate field 'images'",
        "{\"images\":[7]} | expected an object for image 1, found 7",
        "{\"images\":[{\"id\":1},{}]} | image 2 has no id",
        "{\"images\":[{\"id\":1,\"id\":1}]} | Duplicate field 'id'",
        "{\"images\":[{\"id\":\"1\"}]} | expected a whole number as the id of image 1, found text",
        "{\"images\":[{\"id\":1.5}]} | expected a whole number as the id of image 1, found 1.5",
        "{\"images\":[{\"id\":99999999999999999999}]} | out of range of long",
        "{\"annotations\":[{\"id\":1,\"image_id\":2}]} | annotation 1 has no caption",
        "{\"annotations\":[{\"id\":1,\"caption\":\"\"}]} | annotation 1 has no image_id",
        "{\"annotations\":[{\"caption\":null}]} | expected text as the caption of annotation 1, found null",
        "{\"annotations\":[{\"caption\":NaN}]} | expected text as the caption of annotation 1, found NaN",
        "{\"images\":[{\"id\":-Infinity}]} | expected a whole number as the id of image 1, found -Infinity",
        "{\"images\":[{\"id\":/1}]} | Unexpected character ('/' (code 47)): maybe a (non-standard) comment?",
        "{\"images\":[],\"annotations\":[]} {} | something follows the document",
        "{\"images\":[ | Unexpected end-of-input",
        "{\"images\":[{\"id\":1}],\"x\":[[ | Unexpected end-of-input",
        "{\"images\":[}] | Unexpected close marker"
      })
  void refusesMalformedFiles(String json, String reason) {
    var e = assertThrows(DataException.class, () -> parse(json));
    assertTrue(
        e.getMessage().startsWith("Cannot read a.json: malformed JSON near byte offset "),
        e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertFalse(e.getMessage().contains("Feature"), e.getMessage());
    assertFalse(e.getMessage().contains("[Source"), e.getMessage());
  }

  @Test
  void refusesNestingWithoutEnd() {
    var e = assertThrows(DataException.class, () -> parse("{\"x\":" + "[".repeat(1_000_000)));
    assertTrue(e.getMessage().contains("nesting depth"), e.getMessage());
  }
}
