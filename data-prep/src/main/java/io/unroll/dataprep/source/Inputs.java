package io.unroll.dataprep.source;

import io.unroll.dataprep.DataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** Files, folders and globs to files in the order of the corpus. */
public final class Inputs {
  private final Configuration hadoop;
  private final CompressionCodecFactory codecs;

  public Inputs(Configuration hadoop) {
    this.hadoop = hadoop;
    this.codecs = new CompressionCodecFactory(hadoop);
  }

  /**
   * The files of all inputs: inputs in the order given, files of a folder (with its subfolders) or
   * a glob sorted by path. Names that begin with a dot or an underscore are hidden within folders.
   *
   * @throws DataException if an input is missing, has no byte, has a file that another has too, or
   *     has a password in its URI
   */
  public List<SourceFile> files(List<String> inputs) {
    List<SourceFile> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String input : inputs) {
      for (SourceFile file : files(input)) {
        if (!seen.add(file.uri())) {
          throw new DataException(
              "Cannot read %s: %s is among the inputs twice".formatted(input, file.uri()));
        }
        all.add(file);
      }
    }
    return all;
  }

  private List<SourceFile> files(String input) {
    if (Credentials.areIn(input)) { // the manifest would keep it
      throw new DataException(
          "Cannot read %s: no password may be in a URI (give it in the settings of the file system)"
              .formatted(Credentials.hiddenIn(input)));
    }
    try {
      Path path = new Path(input);
      FileSystem fileSystem = path.getFileSystem(hadoop);
      List<FileStatus> found = new ArrayList<>();
      for (FileStatus match : matches(fileSystem, path)) {
        collect(fileSystem, match, found);
      }
      return sourceFiles(input, found);
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException("Cannot read %s: %s".formatted(input, e.getMessage()), e);
    }
  }

  /** A path that is there is taken as it is, even if it looks like a glob. */
  private static FileStatus[] matches(FileSystem fileSystem, Path path) throws IOException {
    if (fileSystem.exists(path)) {
      return new FileStatus[] {fileSystem.getFileStatus(path)};
    }
    FileStatus[] matches = fileSystem.globStatus(path);
    if (matches == null || matches.length == 0) {
      throw new DataException("Cannot read %s: it does not exist".formatted(path));
    }
    Arrays.sort(matches, Comparator.comparing(match -> match.getPath().toString()));
    return matches;
  }

  private static void collect(FileSystem fileSystem, FileStatus status, List<FileStatus> into)
      throws IOException {
    if (!status.isDirectory()) {
      into.add(status);
      return;
    }
    FileStatus[] children = fileSystem.listStatus(status.getPath(), Inputs::isVisible);
    for (FileStatus child : children) {
      collect(fileSystem, child, into);
    }
  }

  private static boolean isVisible(Path path) {
    return !path.getName().startsWith(".") && !path.getName().startsWith("_");
  }

  private List<SourceFile> sourceFiles(String input, List<FileStatus> found) {
    List<SourceFile> files =
        found.stream()
            .map(
                status ->
                    new SourceFile(
                        status.getPath().toString(),
                        status.getLen(),
                        codecs.getCodec(status.getPath()) != null))
            .sorted(Comparator.comparing(SourceFile::uri))
            .toList();
    if (files.stream().allMatch(file -> file.bytes() == 0)) {
      throw new DataException(
          "Cannot read %s: it %s".formatted(input, files.isEmpty() ? "has no files" : "is empty"));
    }
    return files;
  }
}
