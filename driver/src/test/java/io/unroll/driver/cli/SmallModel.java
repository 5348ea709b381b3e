package io.unroll.driver.cli;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.driver.run.ModelDirectory;
import io.unroll.driver.run.Storage;
import io.unroll.worker.format.ModelDescription;
import io.unroll.worker.format.ModelFiles;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** An untrained model of characters, for commands that want one. */
final class SmallModel {
  private SmallModel() {}

  /** Writes a model directory and returns its path. */
  static String write(Path folder, List<String> characters) {
    Vocabulary vocabulary = new Vocabulary(new CharTokenizer(1), characters);
    LanguageArchitecture architecture =
        new LanguageArchitecture(Cell.GRU, vocabulary.size(), 3, 4, 1, 0, false);
    try (Storage storage = Storage.open(folder.toString(), new Configuration(false))) {
      ModelDirectory.write(
          storage,
          "model",
          out ->
              ModelFiles.writeParameters(
                  out, architecture, LanguageModel.layout(architecture).initialParameters(1)),
          out -> out.write(vocabulary.toJson().getBytes(StandardCharsets.UTF_8)),
          out ->
              ModelFiles.writeDescription(
                  out, ModelDescription.ofTokens(architecture, vocabulary.fingerprint())));
    }
    return folder.resolve("model").toString();
  }
}
