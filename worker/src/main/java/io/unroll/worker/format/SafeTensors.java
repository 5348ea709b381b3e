package io.unroll.worker.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Named tensors of floats in the <a
 * href="https://github.com/huggingface/safetensors">safetensors</a> format: the header's length in
 * eight bytes, little-endian; a JSON header with dtype, shape and place of each tensor; the data,
 * little-endian, without gaps. Floats are written as they are; halves, bfloats and doubles are read
 * as floats, too.
 *
 * <p>The reader trusts nothing: all sizes are checked against the length of the file before memory
 * is taken for them.
 */
public final class SafeTensors {
  /** Longest header that is read: enough for a hundred thousand tensors. */
  static final int MAX_HEADER = 16 << 20;

  /** Data begins at a multiple of this. */
  private static final int ALIGNMENT = 8;

  private static final int LENGTH_BYTES = Long.BYTES;
  private static final int BUFFER_FLOATS = 1 << 14;

  /**
   * What a file holds.
   *
   * @param metadata free strings of the writer
   * @param tensors in the order of their data
   */
  public record Contents(Map<String, String> metadata, List<NamedTensor> tensors) {}

  /** Takes the array that a tensor is read into. */
  interface Destination {
    /** The array and offset for the elements of a tensor, as a view of its shape. */
    NamedTensor place(String name, int[] shape) throws IOException;
  }

  private SafeTensors() {}

  /**
   * Writes tensors; equal tensors and metadata give equal bytes.
   *
   * @param out not closed
   * @param metadata free strings, which the format keeps apart from the tensors
   */
  public static void write(
      OutputStream out, List<NamedTensor> tensors, Map<String, String> metadata)
      throws IOException {
    byte[] header = header(tensors, metadata);
    out.write(
        ByteBuffer.allocate(LENGTH_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .array());
    out.write(header);
    byte[] bytes = new byte[BUFFER_FLOATS * Float.BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (NamedTensor tensor : tensors) {
      int end = tensor.offset() + tensor.size();
      for (int from = tensor.offset(); from < end; from += BUFFER_FLOATS) {
        int count = Math.min(BUFFER_FLOATS, end - from);
        buffer.asFloatBuffer().put(tensor.values(), from, count);
        out.write(bytes, 0, count * Float.BYTES);
      }
    }
  }

  private static byte[] header(List<NamedTensor> tensors, Map<String, String> metadata)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeObjectFieldStart(SafeTensorsHeader.METADATA);
      for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      long begin = 0;
      for (NamedTensor tensor : tensors) {
        long end = begin + (long) tensor.size() * Float.BYTES;
        json.writeObjectFieldStart(tensor.name());
        json.writeStringField("dtype", SafeTensorsHeader.TYPE);
        json.writeFieldName("shape");
        json.writeArray(tensor.shape(), 0, tensor.shape().length);
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {begin, end}, 0, 2);
        json.writeEndObject();
        begin = end;
      }
      json.writeEndObject();
    }
    while ((LENGTH_BYTES + bytes.size()) % ALIGNMENT != 0) {
      bytes.write(' ');
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a whole file.
   *
   * @param in not closed
   * @param length bytes of the file
   * @param file name for messages
   * @throws FormatException naming file and tensor, if anything is not as the format says
   */
  public static Contents read(InputStream in, long length, String file) throws IOException {
    SafeTensorsHeader header = readHeader(in, length, file);
    List<NamedTensor> tensors = new ArrayList<>();
    Destination own =
        (name, shape) -> {
          int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
          NamedTensor tensor = new NamedTensor(name, shape, new float[size], 0);
          tensors.add(tensor);
          return tensor;
        };
    readData(in, header, own, file);
    return new Contents(header.metadata(), tensors);
  }

  /** Reads and checks the header; the stream then stands at the data. */
  static SafeTensorsHeader readHeader(InputStream in, long length, String file) throws IOException {
    byte[] first = in.readNBytes(LENGTH_BYTES);
    if (length < LENGTH_BYTES || first.length < LENGTH_BYTES) {
      throw new FormatException(
          file, String.format(Locale.ROOT, "it has %d bytes, too few for a header", length));
    }
    long headerLength = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (headerLength < 0 || headerLength > MAX_HEADER) {
      throw new FormatException(
          file,
          String.format(
              Locale.ROOT,
              "it says that its header has %s bytes (expected at most %d)",
              Long.toUnsignedString(headerLength),
              MAX_HEADER));
    }
    long dataLength = length - LENGTH_BYTES - headerLength;
    byte[] json = dataLength < 0 ? first : in.readNBytes((int) headerLength);
    if (dataLength < 0 || json.length < headerLength) {
      throw new FormatException(
          file,
          String.format(
              Locale.ROOT, "it ends within its header of %d bytes (truncated?)", headerLength));
    }
    return SafeTensorsHeader.parse(json, dataLength, file);
  }

  /** Reads all data, each tensor to its destination, as floats. */
  static void readData(
      InputStream in, SafeTensorsHeader header, Destination destination, String file)
      throws IOException {
    byte[] bytes = new byte[BUFFER_FLOATS * Double.BYTES];
    for (SafeTensorsHeader.Entry entry : header.entries()) {
      readTensor(in, entry, destination.place(entry.name(), entry.shape()), bytes, file);
    }
    if (in.read() >= 0) {
      throw new FormatException(file, "there are bytes after its last tensor");
    }
  }

  /**
   * @param bytes room for a piece of the data; overwritten
   */
  private static void readTensor(
      InputStream in, SafeTensorsHeader.Entry entry, NamedTensor tensor, byte[] bytes, String file)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int end = tensor.offset() + entry.size();
    for (int to = tensor.offset(); to < end; to += BUFFER_FLOATS) {
      int count = Math.min(BUFFER_FLOATS, end - to);
      int length = count * entry.type().bytes();
      if (in.readNBytes(bytes, 0, length) < length) {
        throw new FormatException(
            file, "it ends within tensor %s (truncated?)".formatted(entry.name()));
      }
      int beyond = entry.type().take(buffer, tensor.values(), to, count);
      if (beyond >= 0) {
        throw new FormatException(
            file,
            "%s is %s, beyond the range of float32"
                .formatted(
                    tensor.element(beyond - tensor.offset()),
                    buffer.getDouble((beyond - to) * Double.BYTES)));
      }
    }
  }
}
