package io.unroll.worker.format;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Small models with arbitrary parameters, which {@link #main} writes to a folder. Those of {@code
 * resources/models/version-1} were made by it; once the format has another version, those of
 * version 1 stay as they are.
 */
final class ExampleModels {
  private static final String FINGERPRINT = "0123456789abcdef".repeat(4);
  private static final int VOCABULARY = 11;

  private ExampleModels() {}

  /** Architectures by the name of their folder. */
  static Map<String, LanguageArchitecture> architectures() {
    Map<String, LanguageArchitecture> all = new TreeMap<>();
    for (Cell cell : Cell.values()) {
      all.put(cell.key(), new LanguageArchitecture(cell, VOCABULARY, 3, 5, 2, 0.25, false));
    }
    all.put("lstm-tied", new LanguageArchitecture(Cell.LSTM, VOCABULARY, 4, 4, 1, 0, true));
    return all;
  }

  static ModelDescription description(LanguageArchitecture architecture) {
    return ModelDescription.ofTokens(architecture, FINGERPRINT);
  }

  /** Normal numbers of deviation 1/2, biases included. */
  static float[] parameters(LanguageArchitecture architecture) {
    RandomStream random = new RandomStream(2024, Purpose.INITIALIZATION, 0, 0);
    float[] parameters = new float[LanguageModel.layout(architecture).size()];
    for (int x = 0; x < parameters.length; x++) {
      parameters[x] = (float) (0.5 * random.nextGaussian());
    }
    return parameters;
  }

  /**
   * Writes all models.
   *
   * @param arguments the folder to write to
   */
  public static void main(String[] arguments) throws IOException {
    for (Map.Entry<String, LanguageArchitecture> example : architectures().entrySet()) {
      Path folder = Files.createDirectories(Path.of(arguments[0], example.getKey()));
      LanguageArchitecture architecture = example.getValue();
      try (OutputStream out = Files.newOutputStream(folder.resolve(ModelFiles.DESCRIPTION))) {
        ModelFiles.writeDescription(out, description(architecture));
      }
      try (OutputStream out = Files.newOutputStream(folder.resolve(ModelFiles.PARAMETERS))) {
        ModelFiles.writeParameters(out, architecture, parameters(architecture));
      }
    }
  }
}
