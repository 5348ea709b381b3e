package io.unroll.driver.cli;

import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.table.TableFormat;
import io.unroll.dataprep.vectors.Scaling;
import io.unroll.dataprep.vectors.VectorTables;
import io.unroll.dataprep.vectors.VectorUris;
import io.unroll.dataprep.vectors.VectorsPreparation;
import io.unroll.dataprep.vectors.Whole;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Arrays of vectors to dataset. */
@Command(
    name = "vectors",
    description =
        "Turns arrays of vectors with labels into a dataset: images whose rows are the steps, or"
            + " sequences of numbers.",
    sortOptions = false,
    footer = {
      "",
      "Arrays are IDX files or .npy files of NumPy, packed or not: of n examples of T vectors of F",
      "numbers, or of n examples of F; labels are whole numbers: n, or n of T. Bytes are divided by",
      "255.",
      "See docs/formats/dataset.md."
    })
final class PrepVectorsCommand extends PrepFilesCommand {
  @Mixin private ArrayInputs inputs;

  @Mixin private TableOptions tables;

  @Mixin private DivisionOptions division;

  @Mixin private ExampleOptions examples;

  @Override
  Function<SparkSession, PreparationSummary> preparation() {
    var settings =
        new ExampleSettings(
            target(),
            Target.LABEL,
            inputs.division(division.shares(), division.seed()),
            examples.bad(),
            examples.longest(),
            Optional.empty());
    Scaling scaling = inputs.scaling();
    Optional<TableFormat> table =
        tables.table(Set.of("values", "label"), since().isPresent(), null);
    if (table.isPresent()) {
      inputs.requireNoLabels();
      return spark -> new VectorTables(spark, inputs.uris(), table.get(), scaling, settings).run();
    }
    inputs.requireLabels();
    VectorUris uris = inputs.arrays();
    return spark ->
        new VectorsPreparation(spark, uris, inputs.classes(), scaling, new Whole(), settings).run();
  }
}
