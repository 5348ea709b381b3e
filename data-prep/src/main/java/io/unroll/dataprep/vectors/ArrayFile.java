package io.unroll.dataprep.vectors;

import io.unroll.dataprep.DataException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the heads of two formats: <a href="https://yann.lecun.org/exdb/mnist/">IDX</a> (numbers of
 * any type, most significant byte first) and <a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NumPy's</a> .npy
 * (whole numbers, float32 and float64, in C order). They are told by their first bytes.
 */
public final class ArrayFile {
  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_HEAD = 1 << 16;

  private static final byte[] NPY = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern DESCRIPTION =
      Pattern.compile("'descr':\\s*'([<>|=])([uif])([1248])'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]*)\\)");

  private final String name;

  private ArrayFile(String name) {
    this.name = name;
  }

  /**
   * The array in a file.
   *
   * @param in its content, unpacked
   * @param name of the file, for messages
   * @throws DataException if it is of neither format, or of a type that is not read
   */
  public static NumberArray read(InputStream in, String name) throws IOException {
    var buffered = new BufferedInputStream(in, BUFFER);
    byte[] beginning = buffered.readNBytes(4);
    var file = new ArrayFile(name);
    if (beginning.length == 4 && beginning[0] == 0 && beginning[1] == 0) {
      return file.idx(beginning, buffered);
    }
    if (Arrays.equals(beginning, Arrays.copyOf(NPY, 4))) {
      return file.npy(buffered);
    }
    throw file.refusal("it is neither an IDX file nor a .npy file of NumPy (expected one of them)");
  }

  private DataException refusal(String reason) {
    return new DataException("Cannot read %s: %s".formatted(name, reason));
  }

  private NumberArray idx(byte[] magic, InputStream in) throws IOException {
    NumberType type =
        switch (magic[2]) {
          case 0x08 -> new NumberType(NumberType.Kind.UNSIGNED, 1, ByteOrder.BIG_ENDIAN);
          case 0x09 -> new NumberType(NumberType.Kind.SIGNED, 1, ByteOrder.BIG_ENDIAN);
          case 0x0B -> new NumberType(NumberType.Kind.SIGNED, 2, ByteOrder.BIG_ENDIAN);
          case 0x0C -> new NumberType(NumberType.Kind.SIGNED, 4, ByteOrder.BIG_ENDIAN);
          case 0x0D -> new NumberType(NumberType.Kind.FLOATING, 4, ByteOrder.BIG_ENDIAN);
          case 0x0E -> new NumberType(NumberType.Kind.FLOATING, 8, ByteOrder.BIG_ENDIAN);
          default ->
              throw refusal(
                  "it is neither an IDX file nor a .npy file of NumPy (expected one of them)");
        };
    int[] shape = new int[magic[3] & 0xFF];
    for (int x = 0; x < shape.length; x++) {
      shape[x] = ByteBuffer.wrap(bytes(in, 4)).getInt();
    }
    return array(shape, type, in);
  }

  private NumberArray npy(InputStream in) throws IOException {
    byte[] rest = bytes(in, 4); // the end of the mark, and the version
    int lengthBytes = rest[2] == 1 ? 2 : 4;
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    length.put(bytes(in, lengthBytes));
    int size = length.getInt(0);
    if (size < 0 || size > LONGEST_HEAD) {
      throw refusal("its head is damaged");
    }
    String head = new String(bytes(in, size), StandardCharsets.ISO_8859_1);
    Matcher description = DESCRIPTION.matcher(head);
    Matcher order = ORDER.matcher(head);
    Matcher shape = SHAPE.matcher(head);
    if (!description.find() || !order.find() || !shape.find()) {
      throw refusal(
          "it holds other things than whole numbers, float32 or float64 (convert it with astype)");
    }
    if (order.group(1).equals("True")) {
      throw refusal("its numbers are in Fortran's order (save numpy.ascontiguousarray of it)");
    }
    return array(dimensions(shape.group(1)), type(description), in);
  }

  private NumberType type(Matcher description) {
    NumberType.Kind kind =
        switch (description.group(2)) {
          case "u" -> NumberType.Kind.UNSIGNED;
          case "i" -> NumberType.Kind.SIGNED;
          default -> NumberType.Kind.FLOATING;
        };
    int bytes = Integer.parseInt(description.group(3));
    if (kind == NumberType.Kind.FLOATING && bytes < 4) {
      throw refusal("it holds float16 (convert it with astype('float32'))");
    }
    return new NumberType(
        kind,
        bytes,
        description.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private int[] dimensions(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(number -> !number.isEmpty())
        .mapToInt(this::dimension)
        .toArray();
  }

  private int dimension(String number) {
    try {
      return Integer.parseInt(number);
    } catch (NumberFormatException e) {
      throw refusal("its shape has '%s' (expected a number below 2^31)".formatted(number));
    }
  }

  private NumberArray array(int[] shape, NumberType type, InputStream in) {
    if (shape.length < 1 || shape.length > 3 || Arrays.stream(shape).anyMatch(size -> size < 1)) {
      throw refusal(
          String.format(
              Locale.ROOT,
              "its shape is %s (expected 1 to 3 dimensions, none of them 0)",
              Arrays.toString(shape)));
    }
    double element =
        Arrays.stream(shape).skip(1).mapToDouble(size -> size).reduce(1, (a, b) -> a * b);
    if (element > NumberArray.LARGEST_ELEMENT) {
      throw refusal(
          String.format(
              Locale.ROOT,
              "its shape is %s (expected at most %,d numbers in each row)",
              Arrays.toString(shape),
              NumberArray.LARGEST_ELEMENT));
    }
    return new NumberArray(shape, type, in);
  }

  private byte[] bytes(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw refusal("it ends within its head");
    }
    return bytes;
  }
}
