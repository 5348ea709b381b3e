package io.unroll.driver.dl4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** What this module depends on, and who must not depend on it. */
class DependenciesTest {
  private static final JavaClasses DRIVER =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.unroll");

  @Test
  void hasAGruLayerThatNeedsNothingButDeeplearning4j() {
    classes()
        .that()
        .resideInAPackage("io.unroll.driver.dl4j.gru")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "org.deeplearning4j..", "org.nd4j..", "io.unroll.driver.dl4j.gru")
        .check(DRIVER);
  }

  @Test
  void keepsDeeplearning4jToItself() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.unroll.driver.dl4j..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.unroll.driver.dl4j..", "org.deeplearning4j..", "org.nd4j..")
        .check(DRIVER);
  }
}
