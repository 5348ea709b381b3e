package io.unroll.driver.run;

import io.unroll.worker.format.ModelFiles;
import io.unroll.worker.format.NamedTensor;
import io.unroll.worker.format.SafeTensors;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.model.Architecture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The data files of a checkpoint: tensors in and out of the flat arrays. */
final class CheckpointFiles {
  static final String MODEL = ModelFiles.PARAMETERS;
  static final String OPTIMIZER = "optimizer.safetensors";
  static final String OUTER = "outer.safetensors";
  static final String LANES = "lanes.safetensors";

  /** Names the slots of the optimiser's state, and those of the outer step's. */
  private static final String SLOT = "slot";

  /** All of them, in the order of their writing. */
  static final List<String> NAMES = List.of(MODEL, OPTIMIZER, OUTER, LANES);

  private CheckpointFiles() {}

  /**
   * Writes all files to a directory.
   *
   * @return what was written, by name
   * @throws IllegalArgumentException if an array's length is not the architecture's
   */
  static Map<String, FileHash> write(
      Storage storage, String directory, Checkpoint checkpoint, Architecture architecture) {
    ParameterLayout layout = architecture.layout();
    requireFit(checkpoint, layout);
    List<NamedTensor> optimizer = slotViews(checkpoint.optimizerState(), layout);
    List<NamedTensor> outer = slotViews(checkpoint.outerState(), layout);
    List<NamedTensor> lanes = laneTensors(checkpoint.laneStates());
    Map<String, Storage.Content> contents = new LinkedHashMap<>();
    contents.put(
        MODEL, out -> ModelFiles.writeParameters(out, architecture, checkpoint.parameters()));
    contents.put(OPTIMIZER, out -> SafeTensors.write(out, optimizer, Map.of()));
    contents.put(OUTER, out -> SafeTensors.write(out, outer, Map.of()));
    contents.put(LANES, out -> SafeTensors.write(out, lanes, Map.of()));
    Map<String, FileHash> hashes = new LinkedHashMap<>();
    contents.forEach(
        (name, content) ->
            hashes.put(name, FileHash.writing(storage, directory + "/" + name, content)));
    return hashes;
  }

  /**
   * Reads all files of a directory, whose hashes were found to hold.
   *
   * @throws StorageException if they are not of this architecture, naming the tensor
   */
  static Checkpoint read(Storage storage, StoredCheckpoint stored, Architecture architecture) {
    String directory = stored.directory();
    String model = directory + "/" + MODEL;
    float[] parameters =
        storage.read(
            model,
            (in, length) ->
                ModelFiles.readParameters(in, length, storage.uri(model), architecture));
    ParameterLayout layout = architecture.layout();
    return new Checkpoint(
        stored.progress(),
        parameters,
        slots(storage, directory, OPTIMIZER, layout),
        slots(storage, directory, OUTER, layout),
        laneStates(tensors(storage, directory, LANES), directory),
        stored.laneFiles());
  }

  private static List<NamedTensor> tensors(Storage storage, String directory, String name) {
    String path = directory + "/" + name;
    return storage
        .read(path, (in, length) -> SafeTensors.read(in, length, storage.uri(path)))
        .tensors();
  }

  private static void requireFit(Checkpoint checkpoint, ParameterLayout layout) {
    int size = layout.size();
    int optimizer = checkpoint.optimizerState().length;
    int outer = checkpoint.outerState().length;
    if (checkpoint.parameters().length != size || optimizer % size != 0 || outer % size != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot save %d parameters, %d floats of optimizer state and %d of the outer step: the architecture has %d parameters",
              checkpoint.parameters().length,
              optimizer,
              outer,
              size));
    }
  }

  /** Views of a slot-major array: slot k of tensor x is {@code slotk.x}. */
  static List<NamedTensor> slotViews(float[] state, ParameterLayout layout) {
    List<NamedTensor> views = new ArrayList<>();
    for (int slot = 0; slot < state.length / layout.size(); slot++) {
      int begin = slot * layout.size();
      for (ParameterLayout.Tensor tensor : layout.tensors()) {
        int[] shape =
            tensor.columns() == 0
                ? new int[] {tensor.rows()}
                : new int[] {tensor.rows(), tensor.columns()};
        views.add(
            new NamedTensor(
                SLOT + slot + "." + tensor.name(), shape, state, begin + tensor.offset()));
      }
    }
    return views;
  }

  private static float[] slots(
      Storage storage, String directory, String file, ParameterLayout layout) {
    return slots(tensors(storage, directory, file), directory, file, layout);
  }

  static float[] slots(
      List<NamedTensor> tensors, String directory, String file, ParameterLayout layout) {
    int slots = tensors.size() / layout.tensors().size();
    long floats = tensors.stream().mapToLong(NamedTensor::size).sum();
    long expected = (long) slots * layout.size();
    expectEqual(directory, file, expected + " floats", floats + " floats");
    float[] state = new float[Math.toIntExact(floats)];
    List<NamedTensor> views = slotViews(state, layout);
    expectEqual(directory, file, names(views), names(tensors));
    for (int i = 0; i < views.size(); i++) {
      NamedTensor to = views.get(i);
      NamedTensor from = tensors.get(i);
      expectEqual(
          directory,
          file,
          to.name() + Arrays.toString(to.shape()),
          from.name() + Arrays.toString(from.shape()));
      System.arraycopy(from.values(), from.offset(), to.values(), to.offset(), to.size());
    }
    return state;
  }

  private static List<NamedTensor> laneTensors(List<float[]> states) {
    List<NamedTensor> tensors = new ArrayList<>();
    for (int lane = 0; lane < states.size(); lane++) {
      float[] state = states.get(lane);
      tensors.add(new NamedTensor("lane" + lane, new int[] {state.length}, state, 0));
    }
    return tensors;
  }

  private static List<float[]> laneStates(List<NamedTensor> tensors, String directory) {
    List<float[]> states = tensors.stream().map(NamedTensor::values).toList();
    expectEqual(directory, LANES, names(laneTensors(states)), names(tensors));
    return states;
  }

  private static List<String> names(List<NamedTensor> tensors) {
    return tensors.stream().map(NamedTensor::name).toList();
  }

  private static void expectEqual(String directory, String file, Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new StorageException(
          "Cannot use %s/%s: it holds %s, but the model asks for %s"
              .formatted(directory, file, found, expected));
    }
  }
}
