package io.unroll.dataprep.images;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Sha256;
import io.unroll.dataprep.examples.RowFiles;
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
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Turns files of pictures into vectors by a network, and writes them as Parquet, which {@code prep
 * coco --vectors} reads. Belongs to the Spark driver.
 */
public final class ImageEncoding {
  /** Beside the Parquet files: how the vectors were made. Spark passes it over. */
  public static final String MANIFEST = "_manifest.json";

  /** So that progress is told now and then. */
  private static final int PICTURES_OF_A_TASK = 64;

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
   * @param rows R, vectors of each image
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
      int tasks = tasks(images.size(), cluster.context().defaultParallelism());
      SourceFile file = network(cluster.hadoop());
      ImageEncoder encoder =
          ImageEncoder.settled(
              runtime,
              read(file, cluster.hadoop()),
              file.uri(),
              options,
              (images.size() + tasks - 1) / tasks);
      return encode(cluster, images, tasks, encoder);
    }
  }

  /** One for each core at least, if there are as many pictures. */
  private static int tasks(int images, int cores) {
    return Math.min(images, Math.max(cores, images / PICTURES_OF_A_TASK));
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

  private Result encode(Cluster cluster, List<ImageFile> images, int tasks, ImageEncoder encoder) {
    Broadcast<ImageEncoder> sent = cluster.context().broadcast(encoder);
    var hadoop = cluster.hadoopInTasks();
    boolean skipBad = options.skipBad();
    JavaRDD<Outcome<EncodedImage>> outcomes =
        cluster
            .context()
            .parallelize(images, tasks)
            .mapPartitions(files -> sent.value().encode(files, hadoop.value().value(), skipBad))
            .persist(StorageLevel.MEMORY_AND_DISK_SER());
    try {
      EncodedCount count = cluster.named("encoding pictures", () -> count(outcomes));
      requireGood(count);
      return cluster.named("writing vectors", () -> write(cluster, outcomes, count, encoder));
    } finally {
      outcomes.unpersist(true);
      sent.destroy();
    }
  }

  private static EncodedCount count(JavaRDD<Outcome<EncodedImage>> outcomes) {
    return outcomes
        .mapPartitions(part -> List.of(EncodedCount.of(part)).iterator())
        .collect()
        .stream()
        .reduce(EncodedCount.NOTHING, EncodedCount::plus);
  }

  private void requireGood(EncodedCount count) {
    if (count.bad() > 0 && !options.skipBad()) {
      throw new DataException(count.error() + " (--skip-bad leaves such pictures out)");
    }
    if (count.images() == 0) {
      throw new DataException(
          "Cannot encode %s: none of them is a picture that can be read"
              .formatted(Count.of(count.bad(), "file")));
    }
  }

  private Result write(
      Cluster cluster,
      JavaRDD<Outcome<EncodedImage>> outcomes,
      EncodedCount count,
      ImageEncoder encoder) {
    JavaRDD<Row> rows =
        outcomes
            .filter(outcome -> outcome.error() == null)
            .map(Outcome::value)
            .zipWithIndex()
            .mapToPair(Tuple2::swap)
            .repartitionAndSortWithinPartitions(RowFiles.of(count.numbers(), count.images()))
            .map(pair -> pair._2().row());
    spark.createDataFrame(rows, EncodedImage.schema()).write().parquet(options.output());
    var result =
        new Result(count.images(), count.bad(), count.rows(), count.columns(), encoder.size());
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
    pixels.mean().forEach(reading.putArray("mean")::add);
    pixels.deviation().forEach(reading.putArray("deviation")::add);
    json.put("images", result.images())
        .put("left-out", result.leftOut())
        .put("rows", result.rows())
        .put("columns", result.columns());
    return json;
  }
}
