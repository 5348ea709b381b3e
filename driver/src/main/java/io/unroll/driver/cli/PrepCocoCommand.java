package io.unroll.driver.cli;

import io.unroll.dataprep.coco.CocoOptions;
import io.unroll.dataprep.coco.CocoPreparation;
import io.unroll.dataprep.summary.PreparationSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** COCO's captions to dataset. */
@Command(
    name = "coco",
    description = "Turns COCO's captions of images into a dataset.",
    sortOptions = false,
    footer = {
      "",
      "Inputs are files, folders or globs, as paths or Hadoop URIs; what is packed with gzip,"
          + " bzip2,",
      "xz or Zstandard is unpacked. A name that is there is taken as it is, also if it looks like"
          + " a",
      "glob.",
      "With --vectors, the dataset has examples: the vectors of an image, and one of its captions.",
      "See docs/formats/dataset.md."
    })
final class PrepCocoCommand extends PrepFilesCommand {
  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "URI",
      description = "COCO's captions_*.json")
  private List<String> input;

  @Mixin private VocabularyOptions vocabularyOptions;

  @Mixin private FractionsOption fractions;

  @Option(
      names = "--valid-images",
      arity = "1..*",
      paramLabel = "URI",
      description = "lists of images to validate on, the id last in each line")
  private List<String> validImages = new ArrayList<>();

  @Option(
      names = "--test-images",
      arity = "1..*",
      paramLabel = "URI",
      description = "lists of images to test on, the id last in each line")
  private List<String> testImages = new ArrayList<>();

  @Option(
      names = "--exclude-images",
      arity = "1..*",
      paramLabel = "URI",
      description = "lists of images to leave out, the id last in each line; also listed ones")
  private List<String> excludedImages = new ArrayList<>();

  @Mixin private ImageVectorOptions vectors;

  @Override
  Function<SparkSession, PreparationSummary> preparation() {
    CocoOptions options =
        new CocoOptions(
            input,
            target(),
            vocabularyOptions.ofCaptions(),
            validImages,
            testImages,
            fractions.shares(),
            excludedImages,
            vectors.features());
    return spark -> new CocoPreparation(spark, options).run();
  }
}
