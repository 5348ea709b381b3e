package io.unroll.driver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** The direction of dependencies between the driver's packages. */
class DependenciesTest {
  private static final JavaClasses DRIVER =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.unroll.driver");

  @Test
  void hasACommandLineThatNothingDependsOn() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.unroll.driver.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.unroll.driver.cli..", "picocli..")
        .check(DRIVER);
  }

  @Test
  void hasAConfigurationThatKnowsNoOtherPackageOfTheDriver() {
    noClasses()
        .that()
        .resideInAPackage("io.unroll.driver.config")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.unroll.driver.train..",
            "io.unroll.driver.round..",
            "io.unroll.driver.run..",
            "io.unroll.driver.evaluate..",
            "io.unroll.driver.report..",
            "org.apache.spark..",
            "org.apache.hadoop..")
        .check(DRIVER);
  }

  @Test
  void hasARunDirectoryAndReportsThatKnowNeitherEachOtherNorTraining() {
    noClasses()
        .that()
        .resideInAPackage("io.unroll.driver.run")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.unroll.driver.train..",
            "io.unroll.driver.round..",
            "io.unroll.driver.evaluate..",
            "io.unroll.driver.report..",
            "org.apache.spark..")
        .check(DRIVER);
    noClasses()
        .that()
        .resideInAPackage("io.unroll.driver.report")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.unroll.driver.train..",
            "io.unroll.driver.round..",
            "io.unroll.driver.evaluate..",
            "io.unroll.driver.run..",
            "org.apache.spark..",
            "org.apache.hadoop..")
        .check(DRIVER);
  }

  @Test
  void hasRoundsThatKnowNoRun() {
    noClasses()
        .that()
        .resideInAPackage("io.unroll.driver.round")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.unroll.driver.train..",
            "io.unroll.driver.model..",
            "io.unroll.driver.evaluate..",
            "io.unroll.driver.report..")
        .check(DRIVER);
  }

  @Test
  void hasNoCyclesOfPackages() {
    slices().matching("io.unroll.driver.(*)..").should().beFreeOfCycles().check(DRIVER);
  }
}
