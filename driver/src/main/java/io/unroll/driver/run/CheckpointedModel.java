package io.unroll.driver.run;

import io.unroll.worker.format.ModelFiles;
import io.unroll.worker.model.Architecture;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The parameters of whole checkpoints, to be looked at: nothing is changed. */
public final class CheckpointedModel {
  private final Storage storage;
  private final StoredCheckpoint stored;
  private final List<StoredCheckpoint> averaged;
  private final String uri;

  private CheckpointedModel(Storage storage, List<StoredCheckpoint> averaged, String uri) {
    this.storage = storage;
    this.stored = averaged.get(0);
    this.averaged = averaged;
    this.uri = uri;
  }

  /**
   * The newest checkpoints of a run, whose parameters are to be averaged.
   *
   * @param count how many
   * @throws StorageException if it has fewer
   */
  public static CheckpointedModel averageIn(Storage storage, int count) {
    List<StoredCheckpoint> newest = CheckpointStore.newestIn(storage, count);
    if (newest.size() < count) {
      throw new StorageException(
          String.format(
              Locale.ROOT,
              "Cannot average %d checkpoints of %s: it has %d (keep more with checkpoint.keep)",
              count,
              storage.uri(""),
              newest.size()));
    }
    return new CheckpointedModel(storage, newest, storage.uri(newest.get(0).directory()));
  }

  /**
   * Finds a checkpoint.
   *
   * @param storage of a run, whose newest whole checkpoint is taken, or of a checkpoint
   * @throws StorageException if there is none, or it is damaged
   */
  public static CheckpointedModel in(Storage storage) {
    if (!storage.exists(StoredCheckpoint.FILE)) {
      StoredCheckpoint newest =
          CheckpointStore.newestIn(storage)
              .orElseThrow(
                  () ->
                      new StorageException(
                          "Cannot use the checkpoint %s: it is no checkpoint, and no run that has one"
                              .formatted(storage.uri(""))));
      return new CheckpointedModel(storage, List.of(newest), storage.uri(newest.directory()));
    }
    try {
      StoredCheckpoint itself = StoredCheckpoint.withWholeFiles(storage, ".");
      return new CheckpointedModel(storage, List.of(itself), storage.uri(""));
    } catch (DamagedException damage) {
      throw new StorageException(
          "Cannot use the checkpoint %s: %s".formatted(storage.uri(""), damage.getMessage()));
    }
  }

  /** The checkpoint's full URI. */
  public String uri() {
    return uri;
  }

  /** How far its run had come. */
  public Progress progress() {
    return stored.progress();
  }

  /** Every setting of its run, by key. */
  public Map<String, String> settings() {
    return stored.identity().settings();
  }

  /**
   * Confirms that a dataset is the one that the run was trained on.
   *
   * @param uri of the dataset, for the message
   * @throws StorageException if it is another one
   */
  public void requireDataset(String uri, String fingerprint) {
    if (!stored.identity().dataset().equals(fingerprint)) {
      throw new StorageException(
          "Cannot use the dataset %s with the checkpoint %s: its run was trained on another one. Give that one, which was at %s then, with --data"
              .formatted(uri, uri(), settings().get("data")));
    }
  }

  /**
   * Reads the parameters; of several checkpoints their mean, summed from the newest on in double.
   *
   * @throws StorageException if they are not of that architecture, or not finite
   */
  public float[] parameters(Architecture architecture) {
    if (averaged.size() == 1) {
      return parameters(stored, architecture);
    }
    double[] sums = new double[architecture.layout().size()];
    for (StoredCheckpoint one : averaged) {
      float[] parameters = parameters(one, architecture);
      for (int x = 0; x < sums.length; x++) {
        sums[x] += parameters[x];
      }
    }
    float[] means = new float[sums.length];
    for (int x = 0; x < sums.length; x++) {
      means[x] = (float) (sums[x] / averaged.size());
    }
    return means;
  }

  private float[] parameters(StoredCheckpoint of, Architecture architecture) {
    String file = of.directory() + "/" + CheckpointFiles.MODEL;
    return storage.read(
        file,
        (in, length) -> ModelFiles.readParameters(in, length, storage.uri(file), architecture));
  }
}
