package io.unroll.fuzz;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Nothing that is read from a file may choose the classes that are built from it. */
class DeserializationTest {
  private static final JavaClasses UNROLL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.unroll.worker", "io.unroll.dataprep", "io.unroll.driver");

  /** But for what tasks of one application send each other: Spark's serializer wrote it there. */
  @Test
  void noClassReadsSerializedObjects() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.unroll.driver.transfer")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.io\\.(ObjectInputStream|ObjectInputFilter|Externalizable)(\\$.*)?"
                + "|java\\.beans\\.XMLDecoder|java\\.rmi\\..*"
                + "|org\\.apache\\.commons\\.lang3?\\.SerializationUtils"
                + "|org\\.apache\\.spark\\.serializer\\..*(Instance|Stream)"
                + "|com\\.esotericsoftware\\.kryo\\..*"
                + "|org\\.apache\\.hadoop\\.io\\.(SequenceFile|ObjectWritable)(\\$.*)?")
        .check(UNROLL);
  }

  @Test
  void noClassUsesSparksObjectFiles() {
    noClasses()
        .should()
        .callMethodWhere(
            target(nameMatching("objectFile|saveAsObjectFile|sequenceFile|checkpointFile")))
        .check(UNROLL);
  }

  /** Jackson and YAML build the classes that the code names, and no others. */
  @Test
  void noParserTakesClassesFromFiles() {
    noClasses()
        .should()
        .callMethodWhere(target(nameMatching("activateDefaultTyping.*|enableDefaultTyping.*")))
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("org\\.snakeyaml\\.engine\\.v2\\.(api\\.Load|constructor\\..*)")
        .check(UNROLL);
  }
}
