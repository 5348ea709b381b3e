package io.unroll.driver.cli;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * Lets Kryo carry records: its own way writes final fields, which the JVM forbids for records, so
 * they go by Java serialization within Kryo's stream. Runs on driver and executors.
 */
public final class RecordSerialization implements KryoRegistrator {
  @Override
  public void registerClasses(Kryo kryo) {
    kryo.addDefaultSerializer(Record.class, JavaSerializer.class);
  }
}
