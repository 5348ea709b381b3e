package io.unroll.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every class, field and method that the application names is there, in each supported Spark. */
class LinkTest {
  private static final Path APPLICATION = Path.of(System.getProperty("application"));

  @ParameterizedTest
  @EnumSource
  void everyReferenceResolves(Sparks spark) throws IOException {
    Set<Reference> references = References.of(APPLICATION, "io/unroll/");
    assertTrue(references.size() > 5000, () -> "few references: " + references.size());
    try (Linker linker = Linker.of(APPLICATION, spark.jars())) {
      assertEquals(List.of(), references.stream().filter(r -> !linker.resolves(r)).toList());
    }
  }

  /** What stood in the way of Spark 4, so that a linker that finds everything is noticed. */
  @Test
  void tellsWhatAnotherSparkLacks() throws IOException {
    var array = Reference.toClass("scala/collection/mutable/WrappedArray$ofInt");
    var implicits =
        new Reference(
            "org/apache/spark/sql/SparkSession",
            "implicits",
            "()Lorg/apache/spark/sql/SparkSession$implicits$;");
    try (Linker old = Linker.of(APPLICATION, Sparks.SPARK_3_5.jars());
        Linker present = Linker.of(APPLICATION, Sparks.SPARK_4_2.jars())) {
      assertTrue(old.resolves(array) && old.resolves(implicits));
      assertTrue(!present.resolves(array) && !present.resolves(implicits));
    }
  }
}
