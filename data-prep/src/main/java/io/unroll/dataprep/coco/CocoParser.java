package io.unroll.dataprep.coco;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.unroll.dataprep.DataException;
import io.unroll.dataprep.JsonReason;
import io.unroll.dataprep.tokenize.CodePoints;
import io.unroll.dataprep.tokenize.TokenStream;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Images and captions of a file in <a href="https://cocodataset.org/#format-data">COCO's caption
 * format</a>, one at a time: {@code {"images": [{"id": ...}], "annotations": [{"id": ...,
 * "image_id": ..., "caption": ...}]}}. Other fields are passed over. What is malformed is refused
 * with its byte offset.
 */
final class CocoParser implements AutoCloseable {
  /** NaN, which Python writes, is read so that it may stand in fields that are passed over. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private final CocoFile file;
  private final Tokenizer tokenizer;
  private final JsonParser json;
  private final Set<String> listsSeen = new HashSet<>();

  /** The list that is being read, or null between lists. */
  private String list;

  private long images;
  private long captions;

  CocoParser(CocoFile file, Tokenizer tokenizer, InputStream in) {
    this.file = file;
    this.tokenizer = tokenizer;
    try {
      this.json = FACTORY.createParser(in);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * The next image or caption, or null at the end.
   *
   * @throws DataException if the file is malformed or truncated
   */
  CocoEntry next() {
    try {
      while (list != null || openList()) {
        if (json.nextToken() != JsonToken.END_ARRAY) {
          return entry();
        }
        list = null;
      }
      return null;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Goes to the next list of interest; false at the end of the document. */
  private boolean openList() throws IOException {
    if (listsSeen.isEmpty()) {
      expect(json.nextToken(), JsonToken.START_OBJECT, "an object with images and annotations");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("images") || name.equals("annotations")) {
        expect(value, JsonToken.START_ARRAY, "a list of " + name);
        listsSeen.add(name);
        list = name;
        return true;
      }
      json.skipChildren();
    }
    checkEnd();
    return false;
  }

  private void checkEnd() throws IOException {
    for (String needed : List.of("images", "annotations")) {
      if (!listsSeen.contains(needed)) {
        throw malformed("it has no list of " + needed);
      }
    }
    if (json.nextToken() != null) {
      throw malformed("something follows the document");
    }
  }

  private CocoEntry entry() throws IOException {
    boolean image = list.equals("images");
    String what = image ? "image " + (images + 1) : "annotation " + (captions + 1);
    expect(json.currentToken(), JsonToken.START_OBJECT, "an object for " + what);
    Long id = null;
    Long imageId = null;
    String caption = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "id" -> id = number(value, "the id of " + what);
        case "image_id" -> imageId = number(value, "the image_id of " + what);
        case "caption" -> {
          expect(value, JsonToken.VALUE_STRING, "text as the caption of " + what);
          caption = json.getText();
        }
        default -> json.skipChildren();
      }
    }
    present(id, "id", what);
    if (image) {
      return new CocoEntry.Image(id, file.index(), file.imagesBefore() + images++);
    }
    present(imageId, "image_id", what);
    present(caption, "caption", what);
    long ordinal = file.captionsBefore() + captions++;
    return new CocoEntry.Caption(id, file.index(), ordinal, imageId, words(caption));
  }

  private List<String> words(String caption) throws IOException {
    List<String> words = new ArrayList<>();
    TokenStream tokens = tokenizer.tokens(CodePoints.of(caption));
    for (String word = tokens.next(); word != null; word = tokens.next()) {
      words.add(word);
    }
    return List.copyOf(words);
  }

  private long number(JsonToken value, String what) throws IOException {
    expect(value, JsonToken.VALUE_NUMBER_INT, "a whole number as " + what);
    return json.getLongValue();
  }

  private void present(Object value, String name, String what) {
    if (value == null) {
      throw malformed("%s has no %s".formatted(what, name));
    }
  }

  private void expect(JsonToken found, JsonToken expected, String what) throws IOException {
    if (found == null) {
      throw malformed("it ends before there is " + what);
    }
    if (found != expected) {
      throw malformed("expected %s, found %s".formatted(what, shown(found)));
    }
  }

  private String shown(JsonToken found) throws IOException {
    return switch (found) {
      case START_OBJECT, END_OBJECT -> "an object";
      case START_ARRAY, END_ARRAY -> "a list";
      case FIELD_NAME, VALUE_STRING -> "text";
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "something else";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL ->
          json.getText();
    };
  }

  private DataException malformed(String reason) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "Cannot read %s: malformed JSON near byte offset %d: %s",
            file.source().uri(),
            json.currentLocation().getByteOffset(),
            reason));
  }

  private RuntimeException unreadable(IOException e) {
    if (e instanceof JsonProcessingException syntax) {
      return malformed(JsonReason.of(syntax));
    }
    return file.source().unreadable(e);
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
