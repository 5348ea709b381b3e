package io.unroll.dataprep.features;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.vectors.NumberArray;
import io.unroll.dataprep.vectors.NumberType;
import io.unroll.dataprep.vectors.NumberType.Kind;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Reads the matrix {@code feats} of a <a
 * href="https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf">MAT-file of level 5</a>,
 * compressed or not, up to its numbers: (F, N), column after column, so that each column is a row
 * of what is returned.
 */
final class MatFile {
  private static final String MATRIX = "feats";
  private static final int TEXT = 124;
  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_NAME = 63;

  private static final int MI_INT8 = 1;
  private static final int MI_INT32 = 5;
  private static final int MI_UINT32 = 6;
  private static final int MI_MATRIX = 14;
  private static final int MI_COMPRESSED = 15;

  /** The classes of arrays that are numbers: mxDOUBLE_CLASS to mxUINT64_CLASS. */
  private static final int FIRST_CLASS = 6;

  private static final int LAST_CLASS = 15;
  private static final int COMPLEX = 0x0800;

  private final String name;
  private final ByteOrder order;

  /** An element: a tag, and so many bytes behind it. */
  private record Tag(int type, long bytes, boolean small) {
    /** What fills up the element to a multiple of 8 bytes. */
    long padding() {
      return small ? Integer.BYTES - bytes : (Long.BYTES - bytes % Long.BYTES) % Long.BYTES;
    }
  }

  private MatFile(String name, ByteOrder order) {
    this.name = name;
    this.order = order;
  }

  /**
   * The array (N, F) in a file.
   *
   * @param in its content, unpacked
   * @param name of the file, for messages
   * @throws DataException if it is no such file, is damaged, or has no such matrix of numbers
   */
  static NumberArray read(InputStream in, String name) throws IOException {
    var buffered = new BufferedInputStream(in, BUFFER);
    byte[] head = buffered.readNBytes(TEXT + 4);
    String text = new String(head, StandardCharsets.ISO_8859_1);
    boolean whole = head.length == TEXT + 4;
    boolean little = whole && text.startsWith("IM", TEXT + 2);
    if (!whole || !(little || text.startsWith("MI", TEXT + 2))) {
      throw refusal(name, "it is no MAT-file (expected level 5, as MATLAB's save -v7 writes it)");
    }
    if (head[little ? TEXT + 1 : TEXT] != 1) {
      throw refusal(
          name, "it is a MAT-file of another version (expected level 5: save it with -v7)");
    }
    var file = new MatFile(name, little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    try {
      return file.find(buffered);
    } catch (EOFException e) {
      throw refusal(name, "it ends within an element");
    } catch (ZipException e) {
      throw refusal(name, "an element of it is damaged (%s)".formatted(e.getMessage()));
    }
  }

  private static DataException refusal(String name, String reason) {
    return new DataException("Cannot read %s: %s".formatted(name, reason));
  }

  private DataException refusal(String reason) {
    return refusal(name, reason);
  }

  private NumberArray find(InputStream in) throws IOException {
    for (Tag tag = tag(in, true); tag != null; tag = tag(in, true)) {
      if (tag.type() == MI_COMPRESSED) {
        var within = new Bounded(in, tag.bytes());
        NumberArray found = within(new BufferedInputStream(new InflaterInputStream(within)));
        if (found != null) {
          return found;
        }
        within.skipRest();
      } else {
        var within = new Bounded(in, tag.bytes());
        NumberArray found = tag.type() == MI_MATRIX ? matrix(within) : null;
        if (found != null) {
          return found;
        }
        within.skipRest();
        in.skipNBytes(tag.padding());
      }
    }
    throw refusal("it has no matrix '%s'".formatted(MATRIX));
  }

  private NumberArray within(InputStream inflated) throws IOException {
    Tag tag = tag(inflated, false);
    return tag.type() == MI_MATRIX ? matrix(inflated) : null;
  }

  /** The numbers of a matrix if it is the one, or null. */
  private NumberArray matrix(InputStream in) throws IOException {
    ByteBuffer flags = element(in, MI_UINT32, 2 * Integer.BYTES);
    if (flags.remaining() != 2 * Integer.BYTES) {
      throw refusal("a matrix of it is damaged");
    }
    int kind = flags.getInt() & 0xFFFF;
    ByteBuffer dimensions = element(in, MI_INT32, Long.BYTES * Integer.BYTES);
    ByteBuffer called = element(in, MI_INT8, LONGEST_NAME);
    if (!StandardCharsets.US_ASCII.decode(called).toString().equals(MATRIX)) {
      return null;
    }
    int arrayClass = kind & 0xFF;
    if (arrayClass < FIRST_CLASS || arrayClass > LAST_CLASS || (kind & COMPLEX) != 0) {
      throw refusal("its '%s' is no matrix of real numbers".formatted(MATRIX));
    }
    if (dimensions.remaining() != 2 * Integer.BYTES) {
      throw refusal("its '%s' has not two dimensions (expected F x N)".formatted(MATRIX));
    }
    int size = dimensions.getInt();
    int images = dimensions.getInt();
    if (size < 1 || images < 1 || size > NumberArray.LARGEST_ELEMENT) {
      throw refusal(
          String.format(
              Locale.ROOT,
              "its '%s' is %d x %d (expected F numbers x N images)",
              MATRIX,
              size,
              images));
    }
    return numbers(in, size, images);
  }

  private NumberArray numbers(InputStream in, int size, int images) throws IOException {
    Tag tag = tag(in, false);
    NumberType type = type(tag.type());
    if (tag.bytes() != (long) size * images * type.bytes()) {
      throw refusal(
          String.format(
              Locale.ROOT,
              "its '%s' has %,d bytes for %d x %d numbers of %d bytes",
              MATRIX,
              tag.bytes(),
              size,
              images,
              type.bytes()));
    }
    return new NumberArray(new int[] {images, size}, type, in);
  }

  /** How numbers are stored, which may be shorter than the class of the matrix says. */
  private NumberType type(int type) {
    return switch (type) {
      case 1 -> new NumberType(Kind.SIGNED, 1, order);
      case 2 -> new NumberType(Kind.UNSIGNED, 1, order);
      case 3 -> new NumberType(Kind.SIGNED, 2, order);
      case 4 -> new NumberType(Kind.UNSIGNED, 2, order);
      case 5 -> new NumberType(Kind.SIGNED, 4, order);
      case 6 -> new NumberType(Kind.UNSIGNED, 4, order);
      case 7 -> new NumberType(Kind.FLOATING, 4, order);
      case 9 -> new NumberType(Kind.FLOATING, 8, order);
      case 12 -> new NumberType(Kind.SIGNED, 8, order);
      case 13 -> new NumberType(Kind.UNSIGNED, 8, order);
      default ->
          throw refusal(
              "its '%s' holds numbers of type %s, which there is not".formatted(MATRIX, type));
    };
  }

  private ByteBuffer element(InputStream in, int type, int longest) throws IOException {
    Tag tag = tag(in, false);
    boolean whole = type == MI_INT8 || tag.bytes() % Integer.BYTES == 0;
    if (tag.type() != type || tag.bytes() > longest || !whole) {
      throw refusal("a matrix of it is damaged");
    }
    byte[] bytes = bytes(in, (int) tag.bytes());
    in.skipNBytes(tag.padding());
    return ByteBuffer.wrap(bytes).order(order);
  }

  /** The next tag; null at the end of the file, if it may end there. */
  private Tag tag(InputStream in, boolean mayEnd) throws IOException {
    int first = in.read();
    if (first < 0) {
      if (mayEnd) {
        return null;
      }
      throw new EOFException();
    }
    byte[] word = new byte[Integer.BYTES];
    word[0] = (byte) first;
    System.arraycopy(bytes(in, word.length - 1), 0, word, 1, word.length - 1);
    int type = ByteBuffer.wrap(word).order(order).getInt();
    int small = type >>> Short.SIZE;
    if (small > Integer.BYTES) {
      throw refusal("it is damaged: an element of it has no type");
    }
    if (small > 0) {
      return new Tag(type & 0xFFFF, small, true);
    }
    ByteBuffer bytes = ByteBuffer.wrap(bytes(in, Integer.BYTES)).order(order);
    return new Tag(type, Integer.toUnsignedLong(bytes.getInt()), false);
  }

  private static byte[] bytes(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }
}
