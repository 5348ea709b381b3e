package io.unroll.dataprep.source;

import io.unroll.dataprep.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.GzipCodec;
import org.apache.hadoop.io.compress.ZStandardCodec;

/**
 * Finds out by the first bytes of files how they are packed, whatever their names, and refuses what
 * is no text before any of it is read.
 */
public final class Recognition {
  private static final String EXPECTED =
      "expected UTF-8 text, plain or packed as .gz, .bz2, .xz or .zst";

  private Recognition() {}

  /**
   * The files with their packing, recognised by tasks.
   *
   * @throws DataException if a file cannot be read, or is no text
   */
  public static List<SourceFile> of(Cluster cluster, List<SourceFile> files) {
    var context = cluster.context();
    var hadoop = cluster.hadoopInTasks();
    int tasks = Math.min(files.size(), 16 * context.defaultParallelism());
    List<Outcome<SourceFile>> outcomes =
        cluster.named(
            "recognising the inputs",
            () ->
                context
                    .parallelize(files, tasks)
                    .map(file -> Outcome.of(() -> of(file, hadoop.value().value())))
                    .collect());
    return outcomes.stream().map(Outcome::orThrow).toList();
  }

  /**
   * A file with its packing.
   *
   * @throws DataException if it cannot be read, or is no text
   */
  public static SourceFile of(SourceFile file, Configuration hadoop) {
    try {
      Optional<Signature> found = Signature.of(beginning(file.openRaw(hadoop, 0)));
      if (found.isEmpty()) {
        requireName(file, hadoop);
        return file;
      }
      if (found.get().packing() == Packing.NONE) {
        throw refusal(file, "it is " + found.get().what(), found.get().remedy());
      }
      var packed = new SourceFile(file.uri(), file.bytes(), found.get().packing());
      requireText(packed, hadoop);
      return packed;
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  /**
   * A file of numbers with its packing, whatever is in it.
   *
   * @throws DataException if it cannot be read
   */
  public static SourceFile unpacked(SourceFile file, Configuration hadoop) {
    try {
      return Signature.of(beginning(file.openRaw(hadoop, 0)))
          .filter(found -> found.packing() != Packing.NONE)
          .map(found -> new SourceFile(file.uri(), file.bytes(), found.packing()))
          .orElse(file);
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  private static byte[] beginning(InputStream opened) throws IOException {
    try (InputStream in = opened) {
      return in.readNBytes(Signature.LONGEST);
    }
  }

  private static void requireText(SourceFile packed, Configuration hadoop) throws IOException {
    Optional<Signature> inside = Signature.of(beginning(packed.open(hadoop, 0)));
    if (inside.isPresent()) {
      String remedy = inside.get().remedy();
      throw refusal(
          packed,
          "what is packed in it is " + inside.get().what(),
          remedy.isEmpty() ? "unpack it first" : remedy);
    }
  }

  /** A file that is named as a packed one and does not begin so would fail later, less clearly. */
  private static void requireName(SourceFile file, Configuration hadoop) {
    if (file.packing() != Packing.BY_NAME || file.bytes() == 0) {
      return;
    }
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file.path());
    if (codec instanceof GzipCodec
        || codec instanceof BZip2Codec
        || codec instanceof ZStandardCodec) {
      throw refusal(
          file,
          "it is not packed, though its name ends in " + codec.getDefaultExtension(),
          "rename it, or pack it");
    }
  }

  private static DataException refusal(SourceFile file, String what, String remedy) {
    return new DataException(
        "Cannot read %s: %s (%s; %s)".formatted(file.uri(), what, EXPECTED, remedy));
  }
}
