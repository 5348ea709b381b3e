package io.unroll.dataprep.source;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.place.InvalidPlaceException;
import io.unroll.dataprep.place.Links;
import io.unroll.dataprep.place.Place;
import io.unroll.dataprep.place.PlaceFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of an input: of folders, those in them and in their subfolders, except hidden ones and
 * those that are about the corpus, such as README.md. Symbolic links are followed last, and each
 * only to what was not found before, so that a link to its own folder, or a second name of a file,
 * gives no text twice.
 */
final class CorpusFiles {
  private static final Logger LOG = LoggerFactory.getLogger(CorpusFiles.class);

  /** What lies beside most corpora. */
  private static final Pattern ACCOMPANYING =
      Pattern.compile("(?:readme|licen[cs]e|copying)(?:[._-].*)?", Pattern.CASE_INSENSITIVE);

  private final FileSystem files;
  private final List<FileStatus> found = new ArrayList<>();
  private final Set<Object> visited = new HashSet<>();
  private final Queue<Path> links = new ArrayDeque<>();
  private final List<Path> leftOut = new ArrayList<>();
  private boolean followingLinks;

  CorpusFiles(FileSystem files) {
    this.files = files;
  }

  /**
   * The files below some files and folders, in no order.
   *
   * @throws DataException if a link leads nowhere
   * @throws InvalidPlaceException if something is a named pipe or a device
   */
  List<FileStatus> below(List<FileStatus> tops) throws IOException {
    for (FileStatus top : tops) {
      if (Links.isLink(files, top.getPath())) {
        links.add(top.getPath());
      } else {
        take(top.getPath(), top);
      }
    }
    followingLinks = true;
    for (Path link = links.poll(); link != null; link = links.poll()) {
      take(link, status(link));
    }
    return found;
  }

  /** What was not taken, since it was found before by another name. */
  List<Path> leftOut() {
    return leftOut;
  }

  private void take(Path path, FileStatus status) throws IOException {
    if (Links.isSpecial(files, path)) {
      throw new InvalidPlaceException(
          "Cannot read %s: it is a named pipe or a device (expected a file or folder; write what it gives into a file first)"
              .formatted(path));
    }
    if (!visited.add(Links.identity(files, path)) && followingLinks) {
      LOG.warn(
          "Leaving out {}: it leads to {}, which is read already",
          path,
          Links.identity(files, path));
      leftOut.add(path);
    } else if (status.isDirectory()) {
      enter(path);
    } else {
      found.add(status);
    }
  }

  /** Hadoop's list of a local folder keeps quiet about links that lead nowhere. */
  private void enter(Path folder) throws IOException {
    var local = PlaceFiles.local(files, folder);
    if (local.isPresent()) {
      for (String name : names(folder, local.get())) {
        Path child = Place.child(folder, name);
        if (Links.isLink(files, child)) {
          links.add(child);
        } else {
          take(child, status(child));
        }
      }
    } else {
      for (FileStatus child :
          files.listStatus(folder, path -> isOfCorpus(path.getName(), folder))) {
        take(child.getPath(), child);
      }
    }
  }

  private FileStatus status(Path path) throws IOException {
    try {
      return files.getFileStatus(path);
    } catch (FileNotFoundException absent) {
      throw nowhere(files, path);
    }
  }

  /** The error of a path that is not there, or of a link to one. */
  static DataException nowhere(FileSystem files, Path path) throws IOException {
    return Links.isLink(files, path)
        ? new DataException(
            "Cannot read %s: it is a symbolic link to %s, which is not there (mend or remove the link)"
                .formatted(
                    path, Files.readSymbolicLink(PlaceFiles.local(files, path).orElseThrow())))
        : new DataException("Cannot read %s: it does not exist".formatted(path));
  }

  private static List<String> names(Path folder, java.nio.file.Path local) throws IOException {
    try (Stream<java.nio.file.Path> children = Files.list(local)) {
      return children
          .map(child -> child.getFileName().toString())
          .sorted()
          .filter(name -> isOfCorpus(name, folder))
          .toList();
    } catch (AccessDeniedException e) {
      throw new IOException("%s: permission denied".formatted(folder), e);
    }
  }

  /** Whether a name in a folder is read though nobody gave it; of others it is told. */
  private static boolean isOfCorpus(String name, Path folder) {
    boolean hidden = name.startsWith(".") || name.startsWith("_");
    boolean accompanying = ACCOMPANYING.matcher(name).matches();
    boolean machinery = name.endsWith(".crc") || name.equals("_SUCCESS");
    if (accompanying || (hidden && !machinery)) {
      LOG.warn(
          "Leaving out {} of {}: it {} (to read it, name it as an input)",
          name,
          folder,
          hidden ? "is hidden" : "is about the corpus, not part of it");
    }
    return !hidden && !accompanying;
  }
}
