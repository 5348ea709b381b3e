package io.unroll.driver.model;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.worker.format.ModelDescription;
import io.unroll.worker.format.ModelFiles;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An untrained model of three characters, on disk as another program might have written it. */
public final class SmallModel {
  public static final Vocabulary VOCABULARY =
      new Vocabulary(new CharTokenizer(1), List.of("\n", "a", "b"));

  public static final LanguageArchitecture ARCHITECTURE =
      new LanguageArchitecture(Cell.GRU, VOCABULARY.size(), 3, 4, 1, 0, false);

  private SmallModel() {}

  public static float[] parameters() {
    return LanguageModel.layout(ARCHITECTURE).initialParameters(1);
  }

  /** Writes the three files of a model to a folder, which is made. */
  public static Path write(Path folder, float[] parameters) throws IOException {
    Files.createDirectories(folder);
    describe(folder, ARCHITECTURE);
    try (OutputStream out = Files.newOutputStream(folder.resolve(ModelFiles.PARAMETERS))) {
      ModelFiles.writeParameters(out, ARCHITECTURE, parameters);
    }
    return folder;
  }

  /** Writes what precedes the parameters: vocabulary and architecture. */
  public static void describe(Path folder, LanguageArchitecture architecture) throws IOException {
    Files.writeString(folder.resolve(Vocabulary.FILE), VOCABULARY.toJson());
    try (OutputStream out = Files.newOutputStream(folder.resolve(ModelFiles.DESCRIPTION))) {
      ModelFiles.writeDescription(
          out, ModelDescription.ofTokens(architecture, VOCABULARY.fingerprint()));
    }
  }
}
