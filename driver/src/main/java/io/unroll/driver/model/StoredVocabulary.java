package io.unroll.driver.model;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Manifest;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.driver.registry.Registry;
import io.unroll.driver.run.RunDirectory;
import io.unroll.driver.run.Storage;
import io.unroll.driver.run.StorageException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The vocabulary of a place that a user names: of a dataset, of a model, of a run's best model, of
 * the champion of a registry, or in a vocabulary.json itself.
 *
 * @param uri the place as it was named
 */
public record StoredVocabulary(String uri, Vocabulary vocabulary) {
  private static final String EXPECTED =
      "(expected a dataset, a model, a run with a best model, a registry, or a vocabulary.json)";

  /**
   * Reads it. Of a model only what describes it is read.
   *
   * @throws DataException if there is none, a file is damaged or of another version, or the
   *     vocabulary is not that of what is beside it
   * @throws StorageException if the file system does not let it be read
   */
  public static StoredVocabulary read(String uri, Configuration hadoop) {
    try (Storage place = Storage.open(uri, hadoop)) {
      return new StoredVocabulary(uri, vocabulary(place, uri, hadoop));
    } catch (StorageException e) {
      throw TrainedModel.unusable(e);
    }
  }

  private static Vocabulary vocabulary(Storage place, String uri, Configuration hadoop) {
    boolean alias = ModelPlace.isAlias(new Path(place.uri("")).getName());
    if (!alias && place.entry("").filter(entry -> !entry.directory()).isPresent()) {
      return TrainedModel.vocabulary(place, "");
    }
    if (place.exists(Manifest.FILE)) {
      return texts(Vocabularies.of(DatasetDirectory.open(uri, hadoop)), place);
    }
    if (ModelPlace.isModel(place, "")) {
      return texts(TrainedModel.describedVocabularies(place, ""), place);
    }
    if (ModelPlace.isModel(place, RunDirectory.BEST + "/")) {
      return texts(TrainedModel.describedVocabularies(place, RunDirectory.BEST + "/"), place);
    }
    if (alias || Registry.isAt(place)) {
      try (ModelPlace model = ModelPlace.find(uri, hadoop)) {
        String directory = model.directory() + "/";
        return texts(TrainedModel.describedVocabularies(model.storage(), directory), place);
      }
    }
    throw new DataException(
        "Cannot use the vocabulary of %s: %s".formatted(place.uri(""), whyNone(place)));
  }

  /** That of the tokens that are read, or, about vectors, written. */
  private static Vocabulary texts(Vocabularies found, Storage place) {
    return found
        .texts()
        .orElseThrow(
            () ->
                new DataException(
                    "Cannot use the vocabulary of %s: it has labels of vectors, and no texts"
                        .formatted(place.uri(""))));
  }

  private static String whyNone(Storage place) {
    if (!place.exists("")) {
      return "it does not exist " + EXPECTED;
    }
    if (place.exists(RunDirectory.CHECKPOINT)) {
      return "it is a checkpoint, which has none (give the dataset that its run was trained on)";
    }
    if (place.exists(RunDirectory.CONFIGURATION) || place.exists(RunDirectory.CHECKPOINTS)) {
      return "it is a run without a best model: the first validation writes it (give the dataset that it is trained on)";
    }
    return place.exists(Vocabulary.FILE)
        ? "it has no manifest.json and no model.json, so it is unfinished, or in part (if its vocabulary.json is whole, give that file)"
        : "it is none of these " + EXPECTED;
  }
}
