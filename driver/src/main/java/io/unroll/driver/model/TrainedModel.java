package io.unroll.driver.model;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.driver.config.ConfigurationException;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.memory.Memory;
import io.unroll.driver.run.CheckpointedModel;
import io.unroll.driver.run.ModelDirectory;
import io.unroll.driver.run.Storage;
import io.unroll.driver.run.StorageException;
import io.unroll.worker.format.ModelDescription;
import io.unroll.worker.format.ModelFiles;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.model.VocabularyChange;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model read from disk, with the vocabulary that its ids refer to. Lives on the driver. */
public final class TrainedModel {
  private static final Logger LOG = LoggerFactory.getLogger(TrainedModel.class);
  private static final int LARGEST_VOCABULARY = 1 << 28;

  private final String uri;
  private final Architecture architecture;
  private final Vocabulary vocabulary;
  private final float[] parameters;

  private TrainedModel(
      String uri, Architecture architecture, Vocabulary vocabulary, float[] parameters) {
    this.uri = uri;
    this.architecture = architecture;
    this.vocabulary = vocabulary;
    this.parameters = parameters;
  }

  /**
   * Reads a model directory, the best model of a run directory, or a version in a registry: see
   * {@link ModelPlace#find}.
   *
   * @throws DataException if there is none, a file is damaged or of another version, or the
   *     vocabulary is not the model's
   * @throws StorageException if the file system does not let it be read
   */
  public static TrainedModel read(String uri, Configuration hadoop) {
    try (ModelPlace place = ModelPlace.find(uri, hadoop)) {
      return read(place);
    } catch (StorageException e) {
      throw unusable(e);
    }
  }

  private static TrainedModel read(ModelPlace place) {
    try {
      return read(place.storage(), place.directory());
    } catch (StorageException e) {
      throw e.isOfContent() ? new DataException(e.getMessage() + place.remedy(), e) : e;
    }
  }

  private static TrainedModel read(Storage storage, String directory) {
    ModelDirectory.verify(storage, directory);
    String prefix = directory.isEmpty() ? "" : directory + "/";
    String uri = storage.uri(directory);
    ModelDescription description = description(storage, prefix);
    Vocabulary vocabulary = vocabulary(storage, prefix, description);
    requireMemory(description.architecture(), uri);
    float[] parameters =
        storage.read(
            prefix + ModelFiles.PARAMETERS,
            (in, length) ->
                ModelFiles.readParameters(
                    in, length, uri + "/" + ModelFiles.PARAMETERS, description.architecture()));
    return new TrainedModel(uri, description.architecture(), vocabulary, parameters);
  }

  private static ModelDescription description(Storage storage, String prefix) {
    String path = prefix + ModelFiles.DESCRIPTION;
    return storage.read(path, (in, length) -> ModelFiles.readDescription(in, storage.uri(path)));
  }

  /**
   * Reads the vocabulary of a model, without its parameters.
   *
   * @param prefix of the model's files below the storage's base
   * @throws DataException if it is damaged, of another version, or not the model's
   * @throws StorageException if it cannot be read
   */
  static Vocabulary describedVocabulary(Storage storage, String prefix) {
    return vocabulary(storage, prefix, description(storage, prefix));
  }

  /**
   * The model of the newest whole checkpoint of a run, or of a checkpoint's directory. Nothing is
   * changed there.
   *
   * @param data dataset that the run was trained on, whose vocabulary the model gets; empty for
   *     where it was then
   * @throws DataException if there is no whole checkpoint, or the dataset is another one
   * @throws StorageException if the file system does not let it be read
   */
  public static TrainedModel ofCheckpoint(String uri, Optional<String> data, Configuration hadoop) {
    try (Storage storage = Storage.open(uri, hadoop)) {
      CheckpointedModel found = CheckpointedModel.in(storage);
      LOG.info("Taking {}, after {} rounds", found.uri(), found.progress().rounds());
      RunConfiguration configuration = configuration(found, uri);
      DatasetDirectory dataset = DatasetDirectory.open(data.orElse(configuration.data()), hadoop);
      found.requireDataset(dataset.uri(), dataset.manifest().contentFingerprint());
      Vocabulary vocabulary = dataset.vocabulary();
      Architecture architecture = configuration.model().architecture(vocabulary.size());
      requireMemory(architecture, uri);
      return new TrainedModel(
          found.uri(), architecture, vocabulary, found.parameters(architecture));
    } catch (StorageException e) {
      throw unusable(e);
    }
  }

  /** What to throw for a failure to read what a user named. */
  static RuntimeException unusable(StorageException failure) {
    return failure.isOfContent() ? new DataException(failure.getMessage(), failure) : failure;
  }

  private static RunConfiguration configuration(CheckpointedModel found, String uri) {
    try {
      return RunConfiguration.ofStored(found.settings());
    } catch (ConfigurationException e) {
      throw new DataException(
          "Cannot use the settings in the checkpoint of %s: %s".formatted(uri, e.getMessage()), e);
    }
  }

  private static void requireMemory(Architecture architecture, String uri) {
    int parameters = LanguageModel.layout(architecture).size();
    String action =
        String.format(Locale.ROOT, "use the model %s of %,d parameters", uri, parameters);
    Memory.here().require((double) parameters * Float.BYTES, action, "");
  }

  private static Vocabulary vocabulary(
      Storage storage, String prefix, ModelDescription description) {
    String path = prefix + ModelDirectory.VOCABULARY;
    Vocabulary vocabulary = vocabulary(storage, path);
    if (vocabulary.size() != description.architecture().vocabulary()
        || !vocabulary.fingerprint().equals(description.vocabularyFingerprint())) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot use %s: it has %d tokens and fingerprint %s, but the model beside it was trained with %d and %s",
              storage.uri(path),
              vocabulary.size(),
              vocabulary.fingerprint(),
              description.architecture().vocabulary(),
              description.vocabularyFingerprint()));
    }
    return vocabulary;
  }

  /**
   * Reads a vocabulary.
   *
   * @throws DataException if it is damaged or of another version
   * @throws StorageException if it cannot be read
   */
  static Vocabulary vocabulary(Storage storage, String path) {
    byte[] json = storage.read(path, LARGEST_VOCABULARY);
    try {
      return Vocabulary.fromJson(new String(json, StandardCharsets.UTF_8));
    } catch (DataException e) {
      throw new DataException("Cannot read %s: %s".formatted(storage.uri(path), e.getMessage()), e);
    }
  }

  public Architecture architecture() {
    return architecture;
  }

  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** Flat, in the architecture's layout; not a copy. */
  public float[] parameters() {
    return parameters;
  }

  /**
   * The model for the ids of a dataset: itself if the vocabularies are equal, else with its rows in
   * the dataset's order, and with rows for tokens that are new. What is new is told as a warning.
   *
   * @throws DataException if each of both vocabularies has tokens that the other lacks
   */
  public TrainedModel fittedTo(DatasetDirectory dataset) {
    VocabularyFit fit = fit(dataset);
    fit.growth().ifPresent(growth -> LOG.warn("Model {} on {}: {}", uri, dataset.uri(), growth));
    return fittedTo(fit);
  }

  /**
   * Compares the vocabulary with that of a dataset.
   *
   * @throws DataException if each of both has tokens that the other lacks
   */
  public VocabularyFit fit(DatasetDirectory dataset) {
    try {
      return VocabularyFit.of(vocabulary, dataset.vocabulary());
    } catch (DataException e) {
      throw new DataException(
          "Cannot use model %s on dataset %s: %s".formatted(uri, dataset.uri(), e.getMessage()), e);
    }
  }

  /** The model with another vocabulary. */
  public TrainedModel fittedTo(VocabularyFit fit) {
    if (fit.vocabulary().fingerprint().equals(vocabulary.fingerprint())) {
      return this;
    }
    VocabularyChange change = fit.change(architecture);
    return new TrainedModel(
        uri, change.architecture(), fit.vocabulary(), change.carriedOver(parameters));
  }

  /** Where it was read from: the directory with the files. */
  public String uri() {
    return uri;
  }
}
