package io.unroll.driver;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** What is hard to call in the right order is not written, neither here nor in data-prep. */
class ParametersTest {
  private static final int MOST = 8;

  @Test
  void nothingTakesMoreThanEight() {
    codeUnits()
        .that(
            describe(
                "are written, and not constructors of records",
                unit ->
                    !unit.getModifiers().contains(SYNTHETIC)
                        && !(unit.isConstructor() && unit.getOwner().isRecord())))
        .should(
            have(
                describe(
                    "at most eight parameters",
                    unit -> unit.getRawParameterTypes().size() <= MOST)))
        .check(
            new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.unroll.driver", "io.unroll.dataprep"));
  }
}
