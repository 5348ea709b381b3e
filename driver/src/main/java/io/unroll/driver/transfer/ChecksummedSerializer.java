package io.unroll.driver.transfer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.DeserializationStream;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;

/**
 * Spark's own serializer ({@code spark.serializer}) with a CRC-32C for each chunk of what it
 * writes. Every byte is covered, not the numbers alone: a changed length or class name does not
 * reach the deserializer either.
 */
final class ChecksummedSerializer extends Serializer implements Serializable {
  @Override
  public SerializerInstance newInstance() {
    return new Checked(SparkEnv.get().serializer().newInstance());
  }

  private static final class Checked extends SerializerInstance {
    private final SerializerInstance plain;

    Checked(SerializerInstance plain) {
      this.plain = plain;
    }

    @Override
    public SerializationStream serializeStream(OutputStream out) {
      return plain.serializeStream(new ChecksummedOutputStream(out));
    }

    @Override
    public DeserializationStream deserializeStream(InputStream in) {
      return plain.deserializeStream(new ChecksummedInputStream(in));
    }

    @Override
    public <T> ByteBuffer serialize(T value, ClassTag<T> tag) {
      ByteBuffer bytes = plain.serialize(value, tag);
      ByteArrayOutputStream checked = new ByteArrayOutputStream(bytes.remaining() + 64);
      try (OutputStream out = new ChecksummedOutputStream(checked)) {
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return ByteBuffer.wrap(checked.toByteArray());
    }

    @Override
    public <T> T deserialize(ByteBuffer bytes, ClassTag<T> tag) {
      return plain.deserialize(content(bytes), tag);
    }

    @Override
    public <T> T deserialize(ByteBuffer bytes, ClassLoader loader, ClassTag<T> tag) {
      return plain.deserialize(content(bytes), loader, tag);
    }

    private static ByteBuffer content(ByteBuffer checked) {
      InputStream bytes =
          new ByteArrayInputStream(
              checked.array(), checked.arrayOffset() + checked.position(), checked.remaining());
      try (InputStream in = new ChecksummedInputStream(bytes)) {
        return ByteBuffer.wrap(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
