package io.unroll.driver.run;

import io.unroll.worker.format.NamedTensor;
import io.unroll.worker.format.SafeTensors;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The optimiser states that lanes keep to themselves, in {@value #DIRECTORY}: a directory for each
 * round that is needed, a file for each lane. Tasks write and read them where they run, so that the
 * driver never holds them. No file is ever written twice: its name has the attempt that wrote it,
 * and the round's result says which attempt counts.
 */
public final class LaneFiles {
  static final String DIRECTORY = "lane-states";

  /** Of every file in a checkpoint: it points nowhere else. */
  static final Pattern PATH =
      Pattern.compile(DIRECTORY + "/round-(\\d{6,9})/lane-\\d{5,9}-[A-Za-z0-9-]+\\.safetensors");

  private static final Pattern ROUND = Pattern.compile("round-(\\d{6,9})");
  private static final String TENSOR = "optimizer";

  private LaneFiles() {}

  /**
   * Writes the state of a lane after a round.
   *
   * @param round rounds completed
   * @param attempt unique to this task and this start of the run: letters, digits and hyphens
   * @throws StorageException where the file system refuses
   */
  public static LaneFile write(
      Storage storage, int round, int lane, String attempt, float[] state) {
    String path =
        String.format(
            Locale.ROOT,
            "%s/%s/lane-%05d-%s.safetensors",
            DIRECTORY,
            directory(round),
            lane,
            attempt);
    NamedTensor tensor = new NamedTensor(TENSOR, new int[] {state.length}, state, 0);
    FileHash hash =
        FileHash.writing(storage, path, out -> SafeTensors.write(out, List.of(tensor), Map.of()));
    return new LaneFile(path, hash);
  }

  /**
   * Reads a state.
   *
   * @param state filled
   * @throws StorageException also if the file is not the one that was written, or of another length
   */
  public static void read(Storage storage, LaneFile file, float[] state) {
    try {
      file.hash().verify(storage, file.path());
    } catch (DamagedException damage) {
      throw new StorageException(
          ("Cannot go on with the lane's optimizer state in %s: %s. Start the run again: it goes on"
                  + " from its newest whole checkpoint. The run directory must be one that all"
                  + " machines of the cluster see")
              .formatted(storage.uri(""), damage.getMessage()));
    }
    SafeTensors.Contents contents =
        storage.read(
            file.path(), (in, length) -> SafeTensors.read(in, length, storage.uri(file.path())));
    NamedTensor tensor = contents.tensors().get(0);
    if (tensor.size() != state.length) {
      throw new StorageException(
          String.format(
              Locale.ROOT,
              "Cannot use %s: it holds %d numbers (expected %d)",
              storage.uri(file.path()),
              tensor.size(),
              state.length));
    }
    System.arraycopy(tensor.values(), tensor.offset(), state, 0, state.length);
  }

  /** Removes the rounds from the first on, but for those to keep. */
  static void remove(Storage storage, int first, Set<String> keep) {
    for (Storage.Entry entry : storage.list(DIRECTORY)) {
      Matcher name = ROUND.matcher(entry.name());
      if (name.matches()
          && Integer.parseInt(name.group(1)) >= first
          && !keep.contains(entry.name())) {
        storage.delete(DIRECTORY + "/" + entry.name());
      }
    }
  }

  /** Name of the directory after a round. */
  static String directory(int round) {
    return String.format(Locale.ROOT, "round-%06d", round);
  }

  /** Name of the directory that a file is in. */
  static String directory(LaneFile file) {
    String[] parts = file.path().split("/", -1);
    return parts[1];
  }
}
