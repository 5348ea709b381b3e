package io.unroll.driver.train;

import io.unroll.driver.model.Vocabularies;
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
      Vocabularies vocabularies,
      float[] parameters) {
    directory.writeBest(
        out -> ModelFiles.writeParameters(out, architecture, parameters),
        out -> out.write(vocabularies.toJson().getBytes(StandardCharsets.UTF_8)),
        out ->
            ModelFiles.writeDescription(
                out, new ModelDescription(architecture, vocabularies.fingerprints())));
  }
}
