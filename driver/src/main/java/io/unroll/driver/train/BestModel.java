package io.unroll.driver.train;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.driver.run.RunDirectory;
import io.unroll.worker.format.ModelDescription;
import io.unroll.worker.format.ModelFiles;
import io.unroll.worker.model.Architecture;
import java.nio.charset.StandardCharsets;

/** Writes the model of the best validation to the run directory. */
final class BestModel {
  private BestModel() {}

  static void write(
      RunDirectory directory,
      Architecture architecture,
      Vocabulary vocabulary,
      float[] parameters) {
    directory.writeBest(
        out -> ModelFiles.writeParameters(out, architecture, parameters),
        out -> out.write(vocabulary.toJson().getBytes(StandardCharsets.UTF_8)),
        out ->
            ModelFiles.writeDescription(
                out, new ModelDescription(architecture, vocabulary.fingerprint())));
  }
}
