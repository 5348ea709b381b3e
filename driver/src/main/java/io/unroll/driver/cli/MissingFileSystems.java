package io.unroll.driver.cli;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.util.VersionInfo;

/**
 * Explains that a place is on a file system whose client is not on the class path: Spark ships
 * those of local disks and of HDFS only.
 */
final class MissingFileSystems {
  /** Clients that Hadoop's settings name by their classes, or that users often have. */
  private static final List<Client> CLIENTS =
      List.of(
          new Client("s3a", "org.apache.hadoop.fs.s3a.", hadoop("hadoop-aws")),
          new Client("abfs", "org.apache.hadoop.fs.azurebfs.", hadoop("hadoop-azure")),
          new Client("wasb", "org.apache.hadoop.fs.azure.", hadoop("hadoop-azure")),
          new Client("adl", "org.apache.hadoop.fs.adl.", hadoop("hadoop-azure-datalake")),
          new Client("oss", "org.apache.hadoop.fs.aliyun.", hadoop("hadoop-aliyun")),
          new Client("cosn", "org.apache.hadoop.fs.cosn.", hadoop("hadoop-cos")),
          new Client("gs", "org.apache.hadoop.fs.gs.", hadoop("hadoop-gcp")), // since Hadoop 3.5
          new Client(
              "gs",
              "com.google.cloud.hadoop.",
              "com.google.cloud.bigdataoss:gcs-connector, of the versions for Hadoop 3"));

  /** How Hadoop says that it cannot load what its settings name. */
  private static final Pattern ABSENT_CLASS = Pattern.compile("Class (\\S+) not found");

  private static final Pattern UNKNOWN_SCHEME = Pattern.compile("scheme \"?([^\"\\s]+)\"?");

  /** Of the SDK that S3A needs beside hadoop-aws: version 2, and version 1 before Hadoop 3.4. */
  private static final List<String> AWS_SDK = List.of("software/amazon/awssdk/", "com/amazonaws/");

  private MissingFileSystems() {}

  /** Asked of the outermost failure, since what wraps these failures knows less. */
  static Optional<Explanation> explain(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .flatMap(cause -> remedy(cause).stream())
        .findFirst()
        .map(Explanation::ofEnvironment);
  }

  private static Optional<String> remedy(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof ClassNotFoundException) {
      Matcher absent = ABSENT_CLASS.matcher(message);
      return absent.matches() ? ofClass(absent.group(1)) : Optional.empty();
    }
    if (cause instanceof UnsupportedFileSystemException) {
      Matcher unknown = UNKNOWN_SCHEME.matcher(message);
      return unknown.find() ? Optional.of(ofScheme(unknown.group(1))) : Optional.empty();
    }
    if (cause instanceof NoClassDefFoundError && AWS_SDK.stream().anyMatch(message::startsWith)) {
      return Optional.of(
          "Cannot use s3a: places: hadoop-aws is on the class path, the AWS SDK that it is built"
              + " with is not. "
              + where());
    }
    return Optional.empty();
  }

  private static Optional<String> ofClass(String name) {
    return CLIENTS.stream()
        .filter(client -> name.startsWith(client.classes))
        .findFirst()
        .map(client -> missing(client.scheme, client.artifact));
  }

  private static String ofScheme(String scheme) {
    if (scheme.equals("s3") || scheme.equals("s3n")) {
      return "Cannot use %s: places: Hadoop has no client for them any more (expected s3a:, with the"
              .formatted(scheme)
          + " same bucket and key)";
    }
    return CLIENTS.stream()
        .filter(client -> client.scheme.equals(scheme))
        .findFirst()
        .map(client -> missing(scheme, client.artifact))
        .orElseGet(
            () ->
                "Cannot use %s: places: there is no file system of that name on the class path (expected file:, hdfs:, or one whose client was added; see docs/storage.md)"
                    .formatted(scheme));
  }

  private static String missing(String scheme, String artifact) {
    return "Cannot use %s: places: their client is not on the class path. It is %s. %s"
        .formatted(scheme, artifact, where());
  }

  private static String where() {
    return "Put it with what it depends on into spark/jars of the release or driver/target/spark/jars"
        + " of the project, or with spark-submit into"
        + " its jars folder or --packages; see docs/storage.md";
  }

  /** An artifact of Hadoop's own, which has to be of the version of Spark's Hadoop client. */
  private static String hadoop(String name) {
    return "org.apache.hadoop:" + name + ":" + VersionInfo.getVersion();
  }

  /**
   * A client.
   *
   * @param classes how their names begin
   * @param artifact with group and version
   */
  private record Client(String scheme, String classes, String artifact) {}
}
