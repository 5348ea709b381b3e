package io.unroll.driver.dl4j;

import io.unroll.worker.format.FormatException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.deeplearning4j.util.ModelSerializer;

/**
 * Reads the parameters of a network, as {@code Nd4j.write} writes an array of one row: twice a mode
 * (UTF), a count (long), a type (UTF) and so many big-endian numbers, first the shape, then the
 * elements. Memory is taken for what is there, not for what is claimed.
 */
final class Coefficients {
  /** Those whose counts are longs: all since 1.0.0-alpha. */
  private static final Set<String> MODES = Set.of("LONG_SHAPE", "MIXED_DATA_TYPES");

  /** Rank, dimensions, strides and three more numbers. */
  private static final int LARGEST_SHAPE = 2 * 32 + 4;

  private static final int PIECE = 1 << 16;

  private final DataInputStream in;
  private final String file;

  private Coefficients(InputStream in, String file) {
    this.in = new DataInputStream(new BufferedInputStream(in));
    this.file = file;
  }

  /**
   * The elements; the stream is left open.
   *
   * @param limit bytes that they may have
   * @throws FormatException if they are not float, or anything else than one row of numbers
   */
  static float[] read(InputStream in, long limit, String file) throws IOException {
    Coefficients coefficients = new Coefficients(in, file);
    try {
      long shape = coefficients.shape();
      return coefficients.elements(shape, limit);
    } catch (EOFException | UTFDataFormatException damage) {
      throw coefficients.refused("it is damaged or ends too early");
    }
  }

  /** Number of elements of a row. */
  private long shape() throws IOException {
    requireMode();
    long count = in.readLong();
    String type = in.readUTF();
    boolean known = type.equals("LONG") || type.equals("INT");
    if (!known || count < 4 || count > LARGEST_SHAPE) {
      throw refused(String.format(Locale.ROOT, "its shape is %d numbers of type %s", count, type));
    }
    long[] shape = new long[(int) count];
    for (int k = 0; k < shape.length; k++) {
      shape[k] = type.equals("LONG") ? in.readLong() : in.readInt();
    }
    boolean row = shape[0] == 2 && shape.length == 8 && shape[1] == 1;
    boolean vector = shape[0] == 1;
    if (!row && !vector) {
      throw refused("it is no row of numbers");
    }
    return row ? shape[2] : shape[1];
  }

  private float[] elements(long expected, long limit) throws IOException {
    requireMode();
    long count = in.readLong();
    String type = in.readUTF();
    if (!type.equals("FLOAT")) {
      throw refused(
          "its dataType is %s (expected FLOAT; MultiLayerNetwork.convertDataType makes such a network)"
              .formatted(type));
    }
    if (count != expected || count < 1 || count > Integer.MAX_VALUE - 8) {
      throw refused(String.format(Locale.ROOT, "it claims %d elements of %d", count, expected));
    }
    if (count * Float.BYTES > limit) {
      throw refused(
          String.format(
              Locale.ROOT, "it claims %d elements, far more than the file can hold", count));
    }
    float[] elements = new float[(int) Math.min(count, PIECE)];
    for (int k = 0; k < count; k++) {
      if (k == elements.length) {
        elements = Arrays.copyOf(elements, (int) Math.min(count, 2L * k));
      }
      elements[k] = in.readFloat();
    }
    if (in.read() >= 0) {
      throw refused(String.format(Locale.ROOT, "it has more than %d elements", count));
    }
    return elements;
  }

  private void requireMode() throws IOException {
    String mode = in.readUTF();
    if (!MODES.contains(mode)) {
      throw refused(
          "its numbers are stored as %.20s (expected as by Deeplearning4j 1.0.0)".formatted(mode));
    }
  }

  private FormatException refused(String why) {
    return new FormatException(
        file, "cannot use %s: %s".formatted(ModelSerializer.COEFFICIENTS_BIN, why));
  }
}
