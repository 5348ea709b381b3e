package io.unroll.driver.train;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.shuffle.ShuffleHandle;
import org.apache.spark.shuffle.ShuffleReadMetricsReporter;
import org.apache.spark.shuffle.ShuffleReader;
import org.apache.spark.shuffle.sort.SortShuffleManager;

/**
 * Spark's own shuffle, of which three bytes of a file flip between the map side and the reducers: a
 * faulty disk.
 */
public final class DamagingShuffleManager extends SortShuffleManager {
  /** What the description of a job begins with whose shuffle is to be damaged. */
  static volatile String job = "";

  /** Shuffles that are to be damaged still. */
  static final AtomicInteger LEFT = new AtomicInteger();

  public DamagingShuffleManager(SparkConf conf) {
    super(conf);
  }

  @Override
  public <K, C> ShuffleReader<K, C> getReader(
      ShuffleHandle handle,
      int startMap,
      int endMap,
      int startPartition,
      int endPartition,
      TaskContext context,
      ShuffleReadMetricsReporter metrics) {
    String description = String.valueOf(context.getLocalProperty("spark.job.description"));
    synchronized (LEFT) {
      if (description.startsWith(job) && context.partitionId() == 0 && LEFT.get() > 0) {
        LEFT.decrementAndGet();
        flip(handle.shuffleId());
      }
    }
    return super.getReader(
        handle, startMap, endMap, startPartition, endPartition, context, metrics);
  }

  /** Files of other shuffles may go away meanwhile: {@code Files.walk} would fail then. */
  private static void flip(int shuffle) {
    for (File folder : SparkEnv.get().blockManager().diskBlockManager().localDirs()) {
      List<Path> outputs =
          files(folder)
              .flatMap(DamagingShuffleManager::files)
              .filter(file -> file.getName().matches("shuffle_" + shuffle + "_.*data"))
              .sorted(Comparator.comparingLong(File::length))
              .map(File::toPath)
              .toList();
      try {
        flip(outputs.get(outputs.size() - 1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Stream<File> files(File folder) {
    File[] files = folder.listFiles();
    return files == null ? Stream.empty() : Stream.of(files);
  }

  /** In the middle of the first reducer's share, where the numbers are. */
  private static void flip(Path output) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "rw")) {
      for (int third = 1; third <= 3; third++) {
        long position = file.length() * third / 8;
        file.seek(position);
        int value = file.read();
        file.seek(position);
        file.write(value ^ 1);
      }
    }
  }
}
