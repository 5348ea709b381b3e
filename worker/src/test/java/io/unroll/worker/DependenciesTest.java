package io.unroll.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** The direction of dependencies within the worker, and what it must never depend on. */
class DependenciesTest {
  private static final JavaClasses WORKER =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.unroll.worker");

  @Test
  void knowsNeitherSparkNorHadoopNorOtherModules() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.spark..",
            "org.apache.hadoop..",
            "scala..",
            "io.unroll.driver..",
            "io.unroll.dataprep..")
        .check(WORKER);
  }

  @Test
  void needsNothingButTheJdkALoggerJsonForItsFilesAndOpenBlasForItsProducts() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "jdk..",
            "com.sun.management..",
            "org.slf4j..",
            "org.bytedeco..",
            "com.fasterxml.jackson..",
            "io.unroll.worker..")
        .check(WORKER);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.unroll.worker.format")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson..")
        .check(WORKER);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.unroll.worker.math")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(WORKER);
  }

  @Test
  void hasPackagesThatDependOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("math")
        .definedBy("io.unroll.worker.math")
        .layer("parallel")
        .definedBy("io.unroll.worker.parallel")
        .layer("random")
        .definedBy("io.unroll.worker.random")
        .layer("data")
        .definedBy("io.unroll.worker.data")
        .layer("layer")
        .definedBy("io.unroll.worker.layer")
        .layer("model")
        .definedBy("io.unroll.worker.model")
        .layer("train")
        .definedBy("io.unroll.worker.train")
        .layer("evaluate")
        .definedBy("io.unroll.worker.evaluate")
        .layer("decode")
        .definedBy("io.unroll.worker.decode")
        .layer("format")
        .definedBy("io.unroll.worker.format")
        .layer("benchmark")
        .definedBy("io.unroll.worker.benchmark")
        .layer("diagnose")
        .definedBy("io.unroll.worker.diagnose")
        .whereLayer("math")
        .mayNotAccessAnyLayer()
        .whereLayer("random")
        .mayNotAccessAnyLayer()
        .whereLayer("data")
        .mayOnlyAccessLayers("random")
        .whereLayer("parallel")
        .mayOnlyAccessLayers("math")
        .whereLayer("layer")
        .mayOnlyAccessLayers("math", "parallel", "random", "data")
        .whereLayer("model")
        .mayOnlyAccessLayers("parallel", "data", "layer")
        .whereLayer("train")
        .mayOnlyAccessLayers("math", "parallel", "random", "data", "layer", "model")
        .whereLayer("evaluate")
        .mayOnlyAccessLayers("parallel", "data", "model")
        .whereLayer("diagnose")
        .mayOnlyAccessLayers("parallel", "data", "layer", "model")
        .whereLayer("decode")
        .mayOnlyAccessLayers("math", "parallel", "random", "data", "model")
        .whereLayer("format")
        .mayOnlyAccessLayers("layer", "model")
        .whereLayer("benchmark")
        .mayOnlyAccessLayers(
            "math", "parallel", "random", "data", "layer", "model", "train", "decode")
        .check(WORKER);
  }

  @Test
  void hasNoCycles() {
    slices().matching("io.unroll.worker.(*)..").should().beFreeOfCycles().check(WORKER);
  }
}
