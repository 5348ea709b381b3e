package io.unroll.dataprep.source;

import io.unroll.dataprep.place.Place;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;

/**
 * The paths that a pattern stands for, folder by folder: a name that is there is taken as it is,
 * even if it looks like a pattern; only one that is not there is tried as one. So a pattern works
 * below folders with brackets and braces in their names. Of Hadoop's patterns ({@code * ? [ab] [^a]
 * {ab,cd}}), braces cannot have slashes in them.
 */
final class Glob {
  private final FileSystem files;

  Glob(FileSystem files) {
    this.files = files;
  }

  /** What a path, or a pattern of paths, stands for, sorted by name within each folder. */
  List<FileStatus> matches(Path pattern) throws IOException {
    Path absolute = files.makeQualified(pattern);
    try {
      return List.of(files.getFileStatus(absolute));
    } catch (FileNotFoundException absent) {
      return absolute.isRoot() ? List.of() : expanded(absolute);
    }
  }

  private List<FileStatus> expanded(Path pattern) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    for (FileStatus folder : matches(pattern.getParent())) {
      if (folder.isDirectory()) {
        found.addAll(within(folder.getPath(), pattern.getName()));
      }
    }
    return found;
  }

  private List<FileStatus> within(Path folder, String name) throws IOException {
    try {
      return List.of(files.getFileStatus(Place.child(folder, name)));
    } catch (FileNotFoundException absent) {
      GlobFilter filter = new GlobFilter(name);
      if (!filter.hasPattern()) {
        return List.of();
      }
      List<FileStatus> matches = new ArrayList<>(List.of(files.listStatus(folder, filter)));
      matches.sort(Comparator.comparing(match -> match.getPath().toString()));
      return matches;
    }
  }
}
