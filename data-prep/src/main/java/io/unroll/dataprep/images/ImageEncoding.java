package io.unroll.dataprep.images;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Sha256;
import io.unroll.dataprep.place.Place;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.source.Inputs;
import io.unroll.dataprep.source.Outcome;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.summary.Count;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Turns files of pictures into vectors by a network, and writes them as Parquet, which {@code prep
 * coco --vectors} reads. Belongs to the Spark driver.
 */
public final class ImageEncoding {
  /** Beside the Parquet files: how the vectors were made. Spark passes it over. */
  public static final String MANIFEST = "_manifest.json";

  /** So that progress is told now and then. */
  private static final int PICTURES_OF_A_TASK = 64;

  private static final long BYTES_OF_A_FILE = 1L << 27;

  private final SparkSession spark;
  private final NetworkRuntime runtime;
  private final Options options;

  /**
   * What is read, and how.
   *
   * @param pictures files, folders or globs
   * @param network file in ONNX
   * @param networkOutput which of its outputs; empty: the only one
   * @param size that pictures are made; empty: as the network has it
   * @param batch pictures at a time, where the network takes any number
   * @param skipBad whether pictures that cannot be read are left out
   * @param output new folder
   */
  public record Options(
      List<String> pictures,
      String network,
      Optional<String> networkOutput,
      Optional<PictureSize> size,
      PixelOptions pixels,
      int batch,
      boolean skipBad,
      String output) {
    public Options {
      pictures = List.copyOf(pictures);
    }
  }

  /**
   * What was written.
   *
   * @param images with vectors
   * @param leftOut pictures that could not be read
   * @param rows R, vectors of each image; 0 if not all have as many
   * @param columns F, numbers of a vector
   */
  public record Result(long images, long leftOut, int rows, int columns, PictureSize size) {}

  /** What computes networks, if the class path has it. */
  public static Optional<NetworkRuntime> runtime() {
    return ImageEncoder.runtime();
  }

  public ImageEncoding(SparkSession spark, NetworkRuntime runtime, Options options) {
    this.spark = spark;
    this.runtime = runtime;
    this.options = options;
  }

  /**
   * Reads, computes and writes.
   *
   * @throws DataException if an input is missing, a picture or the network is damaged, or they do
   *     not fit each other
   */
  public Result run() {
    try (var cluster = new Cluster(spark)) {
      List<ImageFile> images =
          ImageNames.of(new Inputs(cluster.hadoop()).files(options.pictures()));
      SourceFile file = network(cluster.hadoop());
      ImageEncoder encoder =
          ImageEncoder.settled(runtime, read(file, cluster.hadoop()), file.uri(), options);
      return encode(cluster, images, encoder);
    }
  }

  private SourceFile network(Configuration hadoop) {
    List<SourceFile> files = new Inputs(hadoop).files(List.of(options.network()));
    if (files.size() != 1) {
      throw new DataException(
          "Cannot read %s: it has %s files (expected one network)"
              .formatted(options.network(), files.size()));
    }
    return files.get(0);
  }

  private static byte[] read(SourceFile file, Configuration hadoop) {
    if (file.bytes() > Integer.MAX_VALUE - Long.BYTES) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot read %s: it has %,d bytes (expected less than 2 GiB, as ONNX has them in one file)",
              file.uri(),
              file.bytes()));
    }
    try (InputStream in = file.openRaw(hadoop, 0)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  private Result encode(Cluster cluster, List<ImageFile> images, ImageEncoder encoder) {
    Broadcast<ImageEncoder> sent = cluster.context().broadcast(encoder);
    var hadoop = cluster.hadoopInTasks();
    JavaRDD<Outcome<EncodedImage>> outcomes =
        cluster
            .context()
            .parallelize(images, Math.max(1, images.size() / PICTURES_OF_A_TASK))
            .mapPartitions(files -> sent.value().encode(files, hadoop.value().value()))
            .persist(StorageLevel.MEMORY_AND_DISK_SER());
    try {
      long bad = cluster.named("encoding pictures", () -> refused(outcomes));
      if (bad == images.size()) {
        throw new DataException(
            "Cannot encode %s: none of them is a picture that can be read"
                .formatted(Count.of(bad, "file")));
      }
      return cluster.named("writing vectors", () -> write(cluster, outcomes, bad, encoder));
    } finally {
      outcomes.unpersist(true);
      sent.destroy();
    }
  }

  /** How many pictures are bad, if they may be left out. */
  private long refused(JavaRDD<Outcome<EncodedImage>> outcomes) {
    JavaRDD<String> errors =
        outcomes.filter(outcome -> outcome.error() != null).map(Outcome::error);
    long bad = errors.count();
    if (bad > 0 && !options.skipBad()) {
      throw new DataException(
          "%s%s (--skip-bad leaves such pictures out)"
              .formatted(
                  errors.first(),
                  bad == 1 ? "" : "; and " + Count.of(bad - 1, "other") + " like it"));
    }
    return bad;
  }

  private Result write(
      Cluster cluster, JavaRDD<Outcome<EncodedImage>> outcomes, long bad, ImageEncoder encoder) {
    JavaRDD<EncodedImage> encoded =
        outcomes.filter(outcome -> outcome.error() == null).map(Outcome::value);
    long count = encoded.count();
    EncodedImage first = encoded.first();
    long bytes = count * first.values().length * Float.BYTES;
    spark
        .createDataFrame(
            encoded
                .map(EncodedImage::row)
                .coalesce((int) Math.max(1, Math.min(count, bytes / BYTES_OF_A_FILE))),
            EncodedImage.schema())
        .write()
        .parquet(options.output());
    Result result = new Result(count, bad, first.rows(), first.columns(), encoder.size());
    writeManifest(cluster.hadoop(), result, encoder);
    return result;
  }

  private void writeManifest(Configuration hadoop, Result result, ImageEncoder encoder) {
    Path file = Place.child(Place.of(options.output()), MANIFEST);
    try (OutputStream out = file.getFileSystem(hadoop).create(file, false)) {
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(out, manifest(result, encoder));
    } catch (IOException e) {
      throw new DataException("Cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private ObjectNode manifest(Result result, ImageEncoder encoder) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("format", "unroll-image-vectors").put("version", 1);
    json.putObject("network")
        .put("file", encoder.name())
        .put("sha-256", new Sha256().add(encoder.network()).digits())
        .put("output", encoder.output())
        .put("runtime", runtime.version());
    PixelOptions pixels = encoder.pixels();
    ObjectNode reading = json.putObject("pictures");
    reading
        .put("width", encoder.size().width())
        .put("height", encoder.size().height())
        .put("channels", pixels.channels().label())
        .put("fit", pixels.fit().label())
        .put("scale", pixels.scale());
    pixels.mean().forEach(reading.withArrayProperty("mean")::add);
    pixels.deviation().forEach(reading.withArrayProperty("deviation")::add);
    json.put("images", result.images())
        .put("left-out", result.leftOut())
        .put("rows", result.rows())
        .put("columns", result.columns());
    return json;
  }
}
