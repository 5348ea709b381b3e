package io.unroll.driver.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The files of a run, seen by another client. */
final class StoredRun implements AutoCloseable {
  private final FileSystem files;
  private final Path directory;

  StoredRun(String uri, Configuration hadoop) throws IOException {
    this.directory = new Path(uri);
    this.files = FileSystem.newInstance(directory.toUri(), hadoop);
  }

  boolean exists(String path) throws IOException {
    return files.exists(new Path(directory, path));
  }

  byte[] bytes(String path) throws IOException {
    try (var in = files.open(new Path(directory, path))) {
      return in.readAllBytes();
    }
  }

  void write(String path, byte[] bytes) throws IOException {
    try (var out = files.create(new Path(directory, path), true)) {
      out.write(bytes);
    }
  }

  void delete(String path) throws IOException {
    files.delete(new Path(directory, path), true);
  }

  /** Names in a directory of the run, sorted; in the run's own for the empty path. */
  List<String> list(String path) throws IOException {
    try {
      return Arrays.stream(files.listStatus(path.isEmpty() ? directory : new Path(directory, path)))
          .map(status -> status.getPath().getName())
          .sorted()
          .toList();
    } catch (FileNotFoundException absent) {
      return List.of();
    }
  }

  /** Every file below the directory. */
  List<Path> all() throws IOException {
    List<Path> all = new ArrayList<>();
    var found = files.listFiles(directory, true);
    while (found.hasNext()) {
      FileStatus status = found.next();
      all.add(status.getPath());
    }
    return all;
  }

  byte[] bytes(Path file) throws IOException {
    return bytes(file.toString());
  }

  /** Directory of the newest checkpoint, relative to the run. */
  String newestCheckpoint() throws IOException {
    List<String> names = list("checkpoints");
    return "checkpoints/" + names.get(names.size() - 1);
  }

  byte[] parameters() throws IOException {
    return bytes(newestCheckpoint() + "/model.safetensors");
  }

  /** The rounds that metrics.jsonl tells of, a number for each line of a round. */
  List<Integer> rounds() throws IOException {
    return new String(bytes("metrics.jsonl"), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("\"type\":\"round\""))
        .map(line -> Integer.parseInt(line.replaceAll(".*\"round\":(\\d+).*", "$1")))
        .toList();
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
