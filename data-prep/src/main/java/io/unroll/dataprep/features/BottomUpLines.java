package io.unroll.dataprep.features;

import io.unroll.dataprep.examples.BadExample;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Image id, width, height, number of boxes, boxes and features, with tabs between: R boxes of four
 * numbers, and R vectors of F, as float32 in base64, the least significant byte first.
 */
record BottomUpLines() implements LineParser {
  private static final long serialVersionUID = 1L;

  private static final int FIELDS = 6;
  private static final int COUNT = 3;
  private static final int BOXES = 4;
  private static final int FEATURES = 5;

  /** x and y of two corners. */
  private static final int BOX_NUMBERS = 4;

  @Override
  public ImageVectors parse(String line, long number) throws BadExample {
    String[] fields =
        LineParser.fields(
            line, number, FIELDS, "image_id, image_w, image_h, num_boxes, boxes, features");
    long image = LineParser.image(fields, number);
    OptionalLong count = ImageId.of(fields[COUNT]);
    if (count.isEmpty() || count.getAsLong() < 1) {
      throw ImageVectors.bad(
          number,
          "'%s' is no number of boxes (expected at least 1)"
              .formatted(ImageId.shown(fields[COUNT])));
    }
    long boxes = count.getAsLong();
    int boxNumbers = numbers(fields[BOXES], "boxes", number).remaining() / Float.BYTES;
    if (boxNumbers / BOX_NUMBERS != boxes || boxNumbers % BOX_NUMBERS != 0) {
      throw bad(number, "boxes", boxNumbers, boxes, "4 for each");
    }
    ByteBuffer features = numbers(fields[FEATURES], "features", number);
    float[] values = new float[features.remaining() / Float.BYTES];
    features.asFloatBuffer().get(values);
    if (values.length == 0 || values.length % boxes != 0) {
      throw bad(number, "features", values.length, boxes, "as many for each");
    }
    return new ImageVectors(image, (int) (values.length / boxes), values);
  }

  private static ByteBuffer numbers(String base64, String what, long number) throws BadExample {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw ImageVectors.bad(
          number, "its %s are no base64 (%s)".formatted(what, ImageId.shown(base64)));
    }
    if (bytes.length % Float.BYTES != 0) {
      throw ImageVectors.bad(
          number,
          String.format(
              Locale.ROOT,
              "its %s have %d bytes (expected float32, 4 bytes each)",
              what,
              bytes.length));
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static BadExample bad(long number, String what, int found, long boxes, String expected) {
    return ImageVectors.bad(
        number,
        String.format(
            Locale.ROOT,
            "its %s have %d numbers for %d boxes (expected %s)",
            what,
            found,
            boxes,
            expected));
  }
}
