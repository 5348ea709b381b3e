package io.unroll.worker;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is hard to call in the right order is not written. */
class ParametersTest {
  private static final int MOST = 8;

  /** Register tiles: their operands must be local variables. */
  private static final Set<String> TILES =
      Set.of("Tile", "TilesOfEight", "TilesOfFour", "TilesOfOne");

  @Test
  void nothingButATileTakesMoreThanEight() {
    codeUnits()
        .that(
            describe(
                "are written, and neither tiles nor constructors of records",
                unit ->
                    !unit.getModifiers().contains(SYNTHETIC)
                        && !(unit.isConstructor() && unit.getOwner().isRecord())
                        && !TILES.contains(unit.getOwner().getSimpleName())))
        .should(
            have(
                describe(
                    "at most eight parameters",
                    unit -> unit.getRawParameterTypes().size() <= MOST)))
        .check(
            new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.unroll.worker"));
  }
}
