package io.unroll.dataprep.source;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.UnreachableInputException;
import io.unroll.dataprep.place.Links;
import io.unroll.dataprep.place.Place;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
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
   * a glob sorted by path. Names that begin with a dot or an underscore are hidden within folders,
   * and README, LICENSE and COPYING are not part of them.
   *
   * @throws DataException if an input is missing, has no byte, has a file that another has too, or
   *     has a password in its URI
   * @throws io.unroll.dataprep.place.InvalidPlaceException if an input can be no path, or is a
   *     named pipe or a device
   */
  public List<SourceFile> files(List<String> inputs) {
    List<SourceFile> all = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    for (String input : inputs) {
      for (SourceFile file : files(input)) {
        if (!seen.add(identity(file))) {
          throw new DataException(
              "Cannot read %s: %s is among the inputs twice".formatted(input, file.uri()));
        }
        all.add(file);
      }
    }
    return all;
  }

  /** What stays the same whatever the name. */
  private Object identity(SourceFile file) {
    Path path = Place.of(file.uri());
    try {
      return Links.identity(path.getFileSystem(hadoop), path);
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  private List<SourceFile> files(String input) {
    if (Credentials.areIn(input)) { // the manifest would keep it
      throw new DataException(
          "Cannot read %s: no password may be in a URI (give it in the settings of the file system)"
              .formatted(Credentials.hiddenIn(input)));
    }
    try {
      Path path = Place.of(input);
      FileSystem fileSystem = path.getFileSystem(hadoop);
      List<FileStatus> matches = new Glob(fileSystem).matches(path);
      if (matches.isEmpty()) {
        throw CorpusFiles.nowhere(fileSystem, path);
      }
      return sourceFiles(input, new CorpusFiles(fileSystem).below(matches));
    } catch (FileNotFoundException | IllegalArgumentException e) {
      throw new DataException("Cannot read %s: %s".formatted(input, e.getMessage()), e);
    } catch (IOException e) {
      throw new UnreachableInputException("Cannot read %s: %s".formatted(input, e.getMessage()), e);
    }
  }

  private List<SourceFile> sourceFiles(String input, List<FileStatus> found) {
    List<SourceFile> files =
        found.stream()
            .map(
                status ->
                    new SourceFile(
                        status.getPath().toString(),
                        status.getLen(),
                        codecs.getCodec(status.getPath()) == null ? Packing.NONE : Packing.BY_NAME))
            .sorted(Comparator.comparing(SourceFile::uri))
            .toList();
    if (files.stream().allMatch(file -> file.bytes() == 0)) {
      throw new DataException(
          "Cannot read %s: it %s".formatted(input, files.isEmpty() ? "has no files" : "is empty"));
    }
    return files;
  }
}
