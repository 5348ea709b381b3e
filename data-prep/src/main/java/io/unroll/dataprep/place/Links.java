package io.unroll.dataprep.place;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Symbolic links in folders whose files are Unroll's own, such as a dataset or a run directory. The
 * folder itself may be a link. One within it is replaced where a file is to be written, and what it
 * points to stays as it is. Only local disks have links.
 */
public final class Links {
  private Links() {}

  /**
   * Removes the link that may be in the place of a file that is about to be written.
   *
   * @param base the folder that is Unroll's own
   * @param file below that folder
   * @return the file
   * @throws IOException if a folder between the two is a link, or a pipe or device is in its place
   */
  public static Path makeWay(FileSystem files, Path base, Path file) throws IOException {
    var local = PlaceFiles.local(files, file);
    if (local.isEmpty()) {
      return file;
    }
    requireFolders(files, base, file.getParent());
    if (isSpecial(files, file)) {
      throw new IOException("a named pipe or a device is in its place (remove it)");
    }
    if (Files.isSymbolicLink(local.get())) {
      Files.delete(local.get());
    }
    return file;
  }

  /**
   * What a link leads to; the path itself if it is none.
   *
   * @throws IOException if the link leads nowhere
   */
  public static Path resolved(FileSystem files, Path path) throws IOException {
    if (!isLink(files, path)) {
      return path;
    }
    var link = PlaceFiles.local(files, path).orElseThrow();
    if (!Files.exists(link)) {
      throw new IOException(
          "it is a symbolic link to %s, which is not there (mend or remove the link)"
              .formatted(Files.readSymbolicLink(link)));
    }
    return files.makeQualified(Place.of(link.toRealPath().toString()));
  }

  /** What is the same for all names of a file or folder: on local disks, the path without links. */
  public static Object identity(FileSystem files, Path path) throws IOException {
    var local = PlaceFiles.local(files, path);
    return local.isPresent() ? local.get().toRealPath() : path;
  }

  /** Whether a link is there, wherever it points to. */
  public static boolean isLink(FileSystem files, Path path) {
    return PlaceFiles.local(files, path).filter(Files::isSymbolicLink).isPresent();
  }

  /**
   * Confirms that writing to a folder changes nothing elsewhere.
   *
   * @param folder below {@code base}, or {@code base} itself; need not be there
   * @return the folder
   * @throws IOException if it, or a folder between the two, is a link
   */
  public static Path requireFolders(FileSystem files, Path base, Path folder) throws IOException {
    var top = PlaceFiles.local(files, base);
    if (top.isEmpty()) {
      return folder;
    }
    var at = PlaceFiles.local(files, folder).orElseThrow();
    for (; at.startsWith(top.get()) && !at.equals(top.get()); at = at.getParent()) {
      if (Files.isSymbolicLink(at)) {
        throw new IOException(
            "%s is a symbolic link, and what it points to is not to be changed (remove it; %s itself may be one)"
                .formatted(at, top.get()));
      }
    }
    return folder;
  }

  /** Whether a named pipe or a device is there, itself or behind a link. */
  public static boolean isSpecial(FileSystem files, Path path) {
    return PlaceFiles.local(files, path)
        .filter(Files::exists)
        .filter(there -> !Files.isRegularFile(there) && !Files.isDirectory(there))
        .isPresent();
  }

  /**
   * Refuses a file that is about to be read where reading it may never end.
   *
   * @throws IOException if it is a named pipe or a device
   */
  public static void requireNoPipe(FileSystem files, Path file) throws IOException {
    if (isSpecial(files, file)) {
      throw new IOException("it is a named pipe or a device (expected a file)");
    }
  }
}
