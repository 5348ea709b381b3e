package io.unroll.driver.transfer;

import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;

/**
 * An object on its way between a task and the driver: its bytes with their checksums, which are
 * checked when it is opened.
 *
 * @param bytes as {@link ChecksummedOutputStream} writes them; not copied
 */
public record Parcel<T>(byte[] bytes) implements Serializable {
  /** Packs an object. */
  public static <T extends Serializable> Parcel<T> of(T content) {
    return new Parcel<>(serializer().serialize(content, Parcel.<T>tag()).array());
  }

  /** The object; what Spark throws around a {@link DamagedTransferException} if it is not whole. */
  public T open() {
    return serializer().deserialize(ByteBuffer.wrap(bytes), tag());
  }

  private static SerializerInstance serializer() {
    return new ChecksummedSerializer().newInstance();
  }

  /** Serializers ask for it and do without: the class is in the bytes. */
  private static <T> ClassTag<T> tag() {
    return ClassTag.apply(Object.class);
  }
}
