package io.unroll.driver.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One protocol buffer message being encoded: the wire types that TensorBoard's events and ONNX
 * need, as in the <a href="https://protobuf.dev/programming-guides/encoding/">encoding guide</a>.
 * Fields are written in the order of the calls.
 */
public final class ProtocolBuffer {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  public ProtocolBuffer integer(int field, long value) {
    tag(field, VARINT);
    varint(value);
    return this;
  }

  public ProtocolBuffer number(int field, double value) {
    tag(field, FIXED_64);
    littleEndian(Double.doubleToLongBits(value), Double.BYTES);
    return this;
  }

  public ProtocolBuffer number(int field, float value) {
    tag(field, FIXED_32);
    littleEndian(Float.floatToIntBits(value), Float.BYTES);
    return this;
  }

  /** A packed list. */
  public ProtocolBuffer numbers(int field, double[] values) {
    ByteBuffer packed =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    packed.asDoubleBuffer().put(values);
    return bytes(field, packed.array());
  }

  public ProtocolBuffer text(int field, String value) {
    return bytes(field, value.getBytes(UTF_8));
  }

  public ProtocolBuffer message(int field, ProtocolBuffer value) {
    return bytes(field, value.toByteArray());
  }

  public byte[] toByteArray() {
    return bytes.toByteArray();
  }

  public ProtocolBuffer bytes(int field, byte[] value) {
    tag(field, LENGTH_DELIMITED);
    varint(value.length);
    bytes.writeBytes(value);
    return this;
  }

  private void tag(int field, int wireType) {
    varint(((long) field << 3) | wireType);
  }

  /** Seven bits per byte, lowest first; the eighth says that more follow. */
  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  private void littleEndian(long bits, int count) {
    for (int i = 0; i < count; i++) {
      bytes.write((int) (bits >>> (8 * i)));
    }
  }
}
