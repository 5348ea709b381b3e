package io.unroll.driver.run;

import io.unroll.dataprep.place.Links;
import io.unroll.dataprep.place.Place;
import io.unroll.worker.format.FormatException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * Files below one base URI on any Hadoop file system. Paths are relative to the base, separated by
 * slashes. Files are written whole: created, written, forced to the device where the stream offers
 * it, closed. A failed write leaves no file behind if the file system still obeys; a killed one may
 * leave a part, so readers need a hash or a file that is written later to know what is whole.
 *
 * <p>{@code file:} is used without Hadoop's checksum files, which would make appending impossible.
 * There the base itself may be a symbolic link. One below it is replaced by what is written, never
 * written through; a folder below it that is one is not written to.
 *
 * <p>Every method throws {@link StorageException} where the file system refuses. Thread-safe.
 */
public final class Storage implements AutoCloseable {
  /** A file or directory: its last name, bytes (0 for a directory) and time of last change. */
  public record Entry(String name, long length, boolean directory, Instant modified) {}

  /** Writes the content of a file; must not close the stream. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Makes something of a file of known length; must not close the stream. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(InputStream in, long length) throws IOException;
  }

  private static final int BUFFER = 1 << 16;

  /** As Hadoop opened it; closing another than this one would leave it in Hadoop's cache. */
  private final FileSystem opened;

  private final FileSystem files;
  private final Configuration hadoop;
  private final Path base;
  private final boolean local;

  /** Null as long as accesses may take the time that their file system gives them. */
  private volatile Deadline deadline;

  private Storage(FileSystem opened, Configuration hadoop, Path base) {
    this.opened = opened;
    this.hadoop = hadoop;
    this.files = opened instanceof LocalFileSystem checked ? checked.getRawFileSystem() : opened;
    this.base = base;
    this.local = "file".equals(files.getUri().getScheme());
  }

  /**
   * The files below a URI; nothing is read or created yet. The file system is an own instance that
   * only {@link #close()} closes, so that it still serves while the JVM shuts down.
   */
  public static Storage open(String uri, Configuration hadoop) {
    Configuration own = new Configuration(hadoop);
    own.setBoolean("fs.automatic.close", false);
    ClientDefaults.apply(own);
    try {
      Path path = Place.of(uri);
      FileSystem opened = FileSystem.newInstance(path.toUri(), own);
      return new Storage(opened, own, opened.makeQualified(path));
    } catch (IOException | IllegalArgumentException failure) { // the latter for a malformed URI
      throw StorageException.cannot("open", uri, failure);
    }
  }

  /** The full URI of a path; of the base itself for the empty path. */
  public String uri(String path) {
    return at(path).toString();
  }

  /** The base, and if that is a symbolic link, what it leads to. */
  public Path resolved() {
    return attempt("follow", base, () -> Links.resolved(files, base));
  }

  /** The file or directory there, if there is one. */
  public Optional<Entry> entry(String path) {
    return attempt(
        "look for",
        at(path),
        () -> {
          try {
            return Optional.of(entry(files.getFileStatus(at(path))));
          } catch (FileNotFoundException absent) {
            return Optional.empty();
          }
        });
  }

  /** Whether there is a file or directory. */
  public boolean exists(String path) {
    return entry(path).isPresent();
  }

  /** What a directory holds, by name; nothing if there is no such directory. */
  public List<Entry> list(String path) {
    return attempt(
        "list",
        at(path),
        () -> {
          try {
            return Arrays.stream(files.listStatus(at(path)))
                .map(Storage::entry)
                .sorted(Comparator.comparing(Entry::name))
                .toList();
          } catch (FileNotFoundException absent) {
            return List.of();
          }
        });
  }

  /** Creates a directory and those above it, unless they are there. */
  public void createDirectory(String path) {
    boolean created =
        attempt(
            "create directory",
            at(path),
            () -> files.mkdirs(Links.requireFolders(files, base, at(path))));
    if (!created) {
      throw new StorageException(
          "Cannot create directory %s: the file system refused (may it be written to?)"
              .formatted(at(path)));
    }
  }

  /** Reads a file with a reader that is told its length. */
  public <T> T read(String path, Reader<T> reader) {
    return attempt(
        "read",
        at(path),
        () -> {
          Links.requireNoPipe(files, at(path));
          long length = files.getFileStatus(at(path)).getLen();
          try (InputStream in = files.open(at(path), BUFFER)) {
            return reader.read(in, length);
          }
        });
  }

  /**
   * The bytes of a file.
   *
   * @throws StorageException also if it has more than {@code limit}
   */
  public byte[] read(String path, int limit) {
    return read(
        path,
        (in, length) -> {
          if (length > limit) {
            throw new IOException(
                String.format(
                    Locale.ROOT, "it has %d bytes, more than the %d allowed", length, limit));
          }
          byte[] bytes = in.readNBytes((int) length);
          if (bytes.length < length) {
            throw new EOFException(
                String.format(Locale.ROOT, "it ends after %d of %d bytes", bytes.length, length));
          }
          return bytes;
        });
  }

  /** Writes a whole file in place of the one that may be there, with the directories above it. */
  public void write(String path, byte[] content) {
    write(path, out -> out.write(content));
  }

  /** Writes a whole file in place of the one that may be there, with the directories above it. */
  public void write(String path, Content content) {
    attempt(
        "write",
        at(path),
        () -> {
          WholeFile.write(files, Links.makeWay(files, base, at(path)), content);
          return null;
        });
  }

  /**
   * Writes a small file that others may be reading, in place of the one that may be there: whoever
   * opens it finds the old content or the new, whole, and after a failure the old. A kill may leave
   * a file beside it, see {@link #isLeftOver}.
   */
  public void replace(String path, byte[] content) {
    attempt(
        "write",
        at(path),
        () -> {
          Links.requireFolders(files, base, at(path).getParent());
          FileReplacement.write(files, hadoop, at(path), content);
          return null;
        });
  }

  /**
   * The bytes of a file that others may {@link #replace} meanwhile: the old ones or the new ones.
   *
   * @throws StorageException also if it has more than {@code limit}
   */
  public byte[] readReplaced(String path, int limit) {
    return FileReplacement.read(this, path, limit);
  }

  /** Whether a name is that of a file which a killed {@link #replace} left behind. */
  public static boolean isLeftOver(String name) {
    return FileReplacement.isLeftOver(name);
  }

  /** Writes a whole file with the bytes of another one. */
  void copy(String from, String to) {
    read(
        from,
        (in, length) -> {
          write(to, in::transferTo);
          return null;
        });
  }

  /**
   * Creates a file that must not be there yet. On {@code file:} and HDFS only one of several
   * callers succeeds; object stores may let two through, so read it back where that matters.
   *
   * @return false if it is there already
   */
  public boolean createNew(String path, byte[] content) {
    return attempt(
        "create",
        at(path),
        () -> {
          Path file = Links.makeWay(files, base, at(path));
          return local
              ? LocalFile.createNew(java.nio.file.Path.of(file.toUri().getPath()), content)
              : WholeFile.createNew(files, file, content);
        });
  }

  /**
   * Appends to a file, which is created if need be. Where the file system cannot append (object
   * stores), the file is written anew with the bytes at its end.
   */
  public void append(String path, byte[] content) {
    attempt(
        "append to",
        at(path),
        () -> {
          Links.requireFolders(files, base, at(path).getParent());
          if (!files.exists(at(path))) {
            write(path, content);
          } else if (Links.isLink(files, at(path))) {
            rewrite(path, content);
          } else {
            appendTo(path, content);
          }
          return null;
        });
  }

  private void appendTo(String path, byte[] content) throws IOException {
    try (FSDataOutputStream out = files.append(at(path), BUFFER)) {
      out.write(content);
    } catch (UnsupportedOperationException unable) {
      rewrite(path, content);
    }
  }

  private void rewrite(String path, byte[] more) {
    byte[] before = read(path, Integer.MAX_VALUE - more.length - 16);
    write(
        path,
        out -> {
          out.write(before);
          out.write(more);
        });
  }

  /**
   * Confirms that a folder that is to be written to is not a symbolic link to another.
   *
   * @throws StorageException naming the link
   */
  void requireOwnFolder(String folder) {
    attempt("write to", at(folder), () -> Links.requireFolders(files, base, at(folder)));
  }

  /** Whether {@link #append} costs no more than the bytes that it appends. */
  boolean appends() {
    return attempt(
        "look at", base, () -> files.hasPathCapability(base, CommonPathCapabilities.FS_APPEND));
  }

  /** Ends the appending of a client that was killed, see {@link HdfsLease}; nothing elsewhere. */
  void release(String path) {
    if (files instanceof DistributedFileSystem hdfs) {
      attempt(
          "take over",
          at(path),
          () -> {
            HdfsLease.recover(hdfs, at(path));
            return null;
          });
    }
  }

  /** Deletes a file or a directory with all that is in it; does nothing if it is not there. */
  public void delete(String path) {
    attempt(
        "delete",
        at(path),
        () -> {
          Links.requireFolders(files, base, at(path).getParent());
          if (!files.delete(at(path), true) && files.exists(at(path))) {
            throw new IOException("the file system refused");
          }
          return null;
        });
  }

  /**
   * Deletes after a failure, to which its own is added; a file system that does not answer costs
   * ten seconds.
   *
   * @return false if that failed too
   */
  public boolean deleteQuietly(String path, RuntimeException failure) {
    return WholeFile.deleteQuietly(files, at(path), failure);
  }

  /** Whatever is still done here is to take no longer than this, all together. */
  void limitRest(Duration limit) {
    deadline = Deadline.in(limit);
  }

  @Override
  public void close() {
    attempt(
        "close",
        base,
        () -> {
          opened.close();
          return null;
        });
  }

  private Path at(String path) {
    return path.isEmpty() ? base : new Path(base, new Path(null, null, path));
  }

  private static Entry entry(FileStatus status) {
    return new Entry(
        status.getPath().getName(),
        status.isDirectory() ? 0 : status.getLen(),
        status.isDirectory(),
        Instant.ofEpochMilli(status.getModificationTime()));
  }

  /** Hadoop reports the faults of a local disk as an Error. */
  private <T> T attempt(String action, Object file, Deadline.Access<T> body) {
    Deadline set = deadline;
    try {
      return set == null ? body.run() : set.run(body);
    } catch (FormatException malformed) { // has the whole message
      throw new StorageException(malformed.getMessage(), malformed);
    } catch (IOException | FSError failure) {
      throw StorageException.cannot(action, file, failure);
    }
  }
}
