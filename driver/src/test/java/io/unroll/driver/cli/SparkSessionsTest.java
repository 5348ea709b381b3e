package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class SparkSessionsTest {
  private record Part(int lane, List<Double> numbers, String name) implements Serializable {}

  @Test
  void masterIsTheFlagThenSparkSubmitsThenAllLocalCores() {
    assertEquals("local[*]", SparkSessions.configuration("x", null).get("spark.master"));
    System.setProperty("spark.master", "spark://host:7077");
    try {
      SparkConf submitted = SparkSessions.configuration("x", null);
      assertEquals("spark://host:7077", submitted.get("spark.master"));
      assertFalse(submitted.contains("spark.driver.host"));
      assertEquals("local[3]", SparkSessions.configuration("x", "local[3]").get("spark.master"));
    } finally {
      System.clearProperty("spark.master");
    }
  }

  @Test
  void localModeListensOnTheLoopbackOnlyAndHasNoPages() {
    SparkConf local = SparkSessions.configuration("x", "local[2]");
    assertEquals("127.0.0.1", local.get("spark.driver.host"));
    assertEquals("127.0.0.1", local.get("spark.driver.bindAddress"));
    assertEquals("false", local.get("spark.ui.enabled"));
  }

  @Test
  void kryoCarriesRecords() {
    SerializerInstance kryo =
        new KryoSerializer(SparkSessions.configuration("x", "local[1]")).newInstance();
    ClassTag<Part> tag = ClassTag$.MODULE$.apply(Part.class);
    Part part = new Part(3, List.of(1.5, -0.0), "ü");
    ByteBuffer bytes = kryo.serialize(part, tag);
    assertEquals(part, kryo.deserialize(bytes, tag));
  }
}
