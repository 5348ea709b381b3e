package io.unroll.driver.registry;

import io.unroll.dataprep.DataException;
import io.unroll.driver.model.SmallModel;
import io.unroll.driver.run.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Different models in a folder, each with the loss that it is said to have. */
final class Models implements Contest.Judge {
  static final HeldOut TEXT = new HeldOut("file:/data/held-out", "f1", "test");

  private final Path folder;
  private final Map<String, Double> losses = new HashMap<>();

  /** Done while the next model is measured. */
  private Runnable meanwhile = () -> {};

  Models(Path folder) {
    this.folder = folder;
  }

  /** Writes a model, another one for each loss, and returns it as a candidate without run id. */
  Candidate of(double loss) {
    return of(loss, Optional.empty());
  }

  Candidate of(double loss, String runId) {
    return of(loss, Optional.of(runId));
  }

  private Candidate of(double loss, Optional<String> runId) {
    Path directory = folder.resolve("model-" + loss);
    float[] parameters = SmallModel.parameters();
    parameters[0] = Float.isFinite((float) loss) ? (float) loss : 17;
    try {
      SmallModel.write(directory, parameters);
      losses.put(content(directory), loss);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Storage storage = Storage.open(directory.toString(), new Configuration(false));
    return new Candidate(storage, "", runId, "0.0.0");
  }

  /** Has something happen while the next model is measured. */
  void meanwhile(Runnable action) {
    meanwhile = action;
  }

  /** The comparison by the losses that were given. */
  Optional<Contest> contest(double by) {
    return Optional.of(new Contest(this, by));
  }

  @Override
  public double loss(String uri) {
    meanwhile.run();
    try {
      return losses.get(content(directory(uri)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The model's directory, that of the champion for an alias. */
  private static Path directory(String uri) {
    Path path = Path.of(uri.replaceFirst("^(file|faulty):/*", "/"));
    if (Files.isDirectory(path)) {
      return path;
    }
    try (Storage around = Storage.open(path.getParent().toString(), new Configuration(false))) {
      int number = new Registry(around).champion().orElseThrow().number();
      return path.resolveSibling(Registry.folder(number));
    }
  }

  private static String content(Path directory) throws IOException {
    byte[] parameters = Files.readAllBytes(directory.resolve("model.safetensors"));
    return java.util.Arrays.toString(parameters);
  }

  @Override
  public HeldOut on() {
    return TEXT;
  }

  /** Whether the champion of a registry, read anew, is whole and is this model. */
  static boolean isChampion(Candidate candidate, Path registry) {
    try (Storage storage = Storage.open(registry.toString(), new Configuration(false))) {
      Registry found = new Registry(storage);
      Version version = found.wholeVersion(found.champion().orElseThrow().number());
      return version.sha256().equals(candidate.sha256());
    } catch (DataException damaged) {
      throw new AssertionError(damaged);
    }
  }
}
