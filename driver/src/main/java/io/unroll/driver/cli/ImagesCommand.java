package io.unroll.driver.cli;

import io.unroll.dataprep.images.ImageEncoding;
import io.unroll.dataprep.images.NetworkRuntime;
import io.unroll.dataprep.images.PictureSize;
import io.unroll.dataprep.images.PixelOptions;
import io.unroll.dataprep.images.PixelOptions.Channels;
import io.unroll.dataprep.images.PixelOptions.Fit;
import io.unroll.dataprep.summary.Count;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.predict.PredictedTable;
import io.unroll.driver.report.ProgressLog;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Pictures to vectors. */
@Command(
    name = "images",
    description =
        "Turns pictures into vectors by a network in ONNX, for prep coco --vectors and predict"
            + " --vectors. Needs the application jar with ONNX Runtime.",
    sortOptions = false,
    footer = {
      "",
      "Pictures are JPEG, PNG, GIF or BMP. The last number of a file's name is its image id:",
      "COCO_val2014_000000391895.jpg is image 391895.",
      "See docs/formats/image-vectors.md."
    })
final class ImagesCommand implements Callable<Integer> {
  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "URI",
      description = "files, folders or globs of pictures")
  private List<String> input;

  @Option(
      names = "--network",
      required = true,
      paramLabel = "URI",
      description =
          "file in ONNX: reads pictures as float32 in [n, 3, height, width] or [n, height, width,"
              + " 3], computes [n, F], [n, R, F] or a grid of vectors")
  private String network;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description = "new folder for Parquet with image_id, values, rows and columns")
  private String output;

  @Option(
      names = "--network-output",
      paramLabel = "NAME",
      description = "which output of the network (default: the only one)")
  private String networkOutput;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      description =
          "pixels that pictures are made, such as 224 or 320x240 (default: the network's)")
  private String size;

  @Option(
      names = "--fit",
      paramLabel = "NAME",
      defaultValue = "stretch",
      description =
          "pictures of another shape: stretch, or crop to the middle (default: ${DEFAULT-VALUE})")
  private String fit;

  @Option(
      names = "--channels",
      paramLabel = "NAME",
      defaultValue = "rgb",
      description = "rgb, bgr or grey (default: ${DEFAULT-VALUE})")
  private String channels;

  @Option(
      names = "--scale",
      paramLabel = "X",
      defaultValue = "0.00392156862745098",
      description =
          "what multiplies the numbers of pixels, 0 to 255, at first (default: ${DEFAULT-VALUE},"
              + " which is 1/255)")
  private double scale;

  @Option(
      names = "--mean",
      paramLabel = "X[,X,X]",
      split = ",",
      defaultValue = "0",
      description =
          "is subtracted then: one number, or one for each channel (default: ${DEFAULT-VALUE})")
  private List<Double> mean;

  @Option(
      names = "--deviation",
      paramLabel = "X[,X,X]",
      split = ",",
      defaultValue = "1",
      description = "divides then, likewise (default: ${DEFAULT-VALUE})")
  private List<Double> deviation;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "pictures at a time, unless the network has a number of its own (default:"
              + " ${DEFAULT-VALUE})")
  private int batch;

  @Option(
      names = "--skip-bad",
      description = "leaves out pictures that cannot be read, and counts them")
  private boolean skipBad;

  @Mixin private SparkOptions sparkOptions;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    ImageEncoding.Options options = options();
    NetworkRuntime runtime =
        ImageEncoding.runtime().orElseThrow(() -> LibraryJar.ONNX_RUNTIME.absence("images"));
    ProgressLog log = quiet.progress(spec.commandLine().getErr());
    try (SparkSession spark = sparkOptions.open("images " + input.get(0))) {
      PredictedTable.requireNew(spark, output);
      var encoding = new ImageEncoding(spark, runtime, options);
      print(JobProgress.during(encoding::run, spark.sparkContext(), log));
      return ExitCode.DONE.code();
    }
  }

  private ImageEncoding.Options options() {
    OptionValues.requireAtLeastOne(spec, "--batch", batch);
    try {
      var pixels =
          new PixelOptions(
              Channels.of(channels)
                  .orElseThrow(() -> invalid("--channels", channels, "rgb, bgr or grey")),
              Fit.of(fit).orElseThrow(() -> invalid("--fit", fit, "stretch or crop")),
              scale,
              mean,
              deviation);
      return new ImageEncoding.Options(
          input,
          network,
          Optional.ofNullable(networkOutput),
          Optional.ofNullable(size).map(ImagesCommand::size),
          pixels,
          batch,
          skipBad,
          output);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private static PictureSize size(String text) {
    return PictureSize.of(text)
        .orElseThrow(() -> invalid("--size", text, "a number such as 224, or 320x240"));
  }

  private static UsageException invalid(String option, String value, String expected) {
    return new UsageException("Invalid %s: %s (expected %s)".formatted(option, value, expected));
  }

  private void print(ImageEncoding.Result found) {
    String leftOut =
        found.leftOut() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "; %s left out, which cannot be read",
                Count.of(found.leftOut(), "file"));
    result.print(
        List.of(
            Printable.line(
                "%s: %s, made %s; %s of %s each%s"
                    .formatted(
                        output,
                        Count.of(found.images(), "image"),
                        found.size(),
                        Count.of(found.rows(), "vector"),
                        Count.of(found.columns(), "number"),
                        leftOut))),
        object ->
            object
                .put("output", output)
                .put("images", found.images())
                .put("left-out", found.leftOut())
                .put("rows", found.rows())
                .put("columns", found.columns())
                .put("width", found.size().width())
                .put("height", found.size().height()));
  }
}
