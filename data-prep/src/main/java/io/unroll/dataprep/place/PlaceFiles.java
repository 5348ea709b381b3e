package io.unroll.dataprep.place;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The file systems that places are on. */
public final class PlaceFiles {
  private PlaceFiles() {}

  /**
   * The file system to open a file with. Hadoop cannot form the name of the checksum file of a
   * local file whose name has a colon; it has none then.
   */
  public static FileSystem of(Path file, Configuration hadoop) throws IOException {
    FileSystem files = file.getFileSystem(hadoop);
    return files instanceof LocalFileSystem checked && file.getName().contains(":")
        ? checked.getRawFileSystem()
        : files;
  }

  /** The path in the words of the operating system, if it is on a local disk. */
  public static Optional<java.nio.file.Path> local(FileSystem files, Path path) {
    return files instanceof LocalFileSystem || files instanceof RawLocalFileSystem
        ? Optional.of(java.nio.file.Path.of(files.makeQualified(path).toUri().getPath()))
        : Optional.empty();
  }
}
