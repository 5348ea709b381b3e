package io.unroll.driver.model;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.ExampleShape;
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
import io.unroll.worker.model.Column;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.VocabularyChange;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model read from disk, with the vocabularies that its ids refer to. Lives on the driver. */
public final class TrainedModel {
  private static final Logger LOG = LoggerFactory.getLogger(TrainedModel.class);
  private static final int LARGEST_VOCABULARY = 1 << 28;

  private final String uri;
  private final Architecture architecture;
  private final Vocabularies vocabularies;
  private final float[] parameters;

  private TrainedModel(
      String uri, Architecture architecture, Vocabularies vocabularies, float[] parameters) {
    this.uri = uri;
    this.architecture = architecture;
    this.vocabularies = vocabularies;
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
    Vocabularies vocabularies = vocabularies(storage, prefix, description);
    requireMemory(description.architecture(), uri);
    float[] parameters =
        storage.read(
            prefix + ModelFiles.PARAMETERS,
            (in, length) ->
                ModelFiles.readParameters(
                    in, length, uri + "/" + ModelFiles.PARAMETERS, description.architecture()));
    return new TrainedModel(uri, description.architecture(), vocabularies, parameters);
  }

  private static ModelDescription description(Storage storage, String prefix) {
    String path = prefix + ModelFiles.DESCRIPTION;
    return storage.read(path, (in, length) -> ModelFiles.readDescription(in, storage.uri(path)));
  }

  /**
   * Reads the vocabularies of a model, without its parameters.
   *
   * @param prefix of the model's files below the storage's base
   * @throws DataException if it is damaged, of another version, or not the model's
   * @throws StorageException if it cannot be read
   */
  static Vocabularies describedVocabularies(Storage storage, String prefix) {
    return vocabularies(storage, prefix, description(storage, prefix));
  }

  /**
   * The model of the newest whole checkpoint of a run, or of a checkpoint's directory. Nothing is
   * changed there.
   *
   * @param average how many of a run's newest checkpoints are averaged; 1 takes the newest as it is
   * @param data dataset that the run was trained on, whose vocabulary the model gets; empty for
   *     where it was then
   * @throws DataException if there is no whole checkpoint, or the dataset is another one
   * @throws StorageException if the file system does not let it be read
   */
  public static TrainedModel ofCheckpoint(
      String uri, int average, Optional<String> data, Configuration hadoop) {
    try (Storage storage = Storage.open(uri, hadoop)) {
      CheckpointedModel found =
          average == 1
              ? CheckpointedModel.in(storage)
              : CheckpointedModel.averageIn(storage, average);
      LOG.info("Taking {}, after {} rounds", found.uri(), found.progress().rounds());
      RunConfiguration configuration = configuration(found, uri);
      DatasetDirectory dataset = DatasetDirectory.open(data.orElse(configuration.data()), hadoop);
      found.requireDataset(dataset.uri(), dataset.manifest().contentFingerprint());
      Task task = Task.of(dataset);
      Architecture architecture = task.architecture(configuration.model());
      requireMemory(architecture, uri);
      return new TrainedModel(
          found.uri(), architecture, task.vocabularies(), found.parameters(architecture));
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
    int parameters = architecture.layout().size();
    String action =
        String.format(Locale.ROOT, "use the model %s of %,d parameters", uri, parameters);
    Memory.here().require((double) parameters * Float.BYTES, action, "");
  }

  private static Vocabularies vocabularies(
      Storage storage, String prefix, ModelDescription description) {
    String path = prefix + ModelDirectory.VOCABULARY;
    Vocabularies vocabularies = vocabularies(storage, path);
    description
        .architecture()
        .vocabularySizes()
        .forEach(
            (column, size) ->
                requireOf(
                    column,
                    size,
                    description.fingerprint(column),
                    vocabularies,
                    storage.uri(path)));
    return vocabularies;
  }

  private static void requireOf(
      Column column, int size, String fingerprint, Vocabularies vocabularies, String uri) {
    Vocabulary vocabulary =
        vocabularies
            .find(column)
            .orElseThrow(
                () ->
                    new DataException(
                        "Cannot use %s: it has no vocabulary of %s, which the model beside it was trained with"
                            .formatted(uri, column.key())));
    if (vocabulary.size() != size || !vocabulary.fingerprint().equals(fingerprint)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot use %s: it has %d %s and fingerprint %s, but the model beside it was trained with %d and %s",
              uri,
              vocabulary.size(),
              column.key(),
              vocabulary.fingerprint(),
              size,
              fingerprint));
    }
  }

  /**
   * Reads a vocabulary of tokens.
   *
   * @throws DataException if it is damaged or of another version
   * @throws StorageException if it cannot be read
   */
  static Vocabulary vocabulary(Storage storage, String path) {
    return vocabularies(storage, path).tokens();
  }

  private static Vocabularies vocabularies(Storage storage, String path) {
    byte[] json = storage.read(path, LARGEST_VOCABULARY);
    try {
      return Vocabularies.fromJson(new String(json, StandardCharsets.UTF_8));
    } catch (DataException e) {
      throw new DataException("Cannot read %s: %s".formatted(storage.uri(path), e.getMessage()), e);
    }
  }

  public Architecture architecture() {
    return architecture;
  }

  public Vocabularies vocabularies() {
    return vocabularies;
  }

  /** Of its tokens. */
  public Vocabulary vocabulary() {
    return vocabularies.tokens();
  }

  /**
   * The shape of a language model.
   *
   * @throws DataException if this is none
   */
  public LanguageArchitecture language() {
    if (architecture instanceof LanguageArchitecture language) {
      return language;
    }
    throw new DataException(
        "Cannot use the model %s: it %s (expected a language model, which predicts text)"
            .formatted(uri, purpose()));
  }

  /** What it does, in words that follow "it". */
  public String purpose() {
    if (architecture instanceof LabelerArchitecture) {
      return "gives labels";
    }
    return architecture instanceof LanguageArchitecture
        ? "predicts text"
        : "writes about what it reads";
  }

  /**
   * The shape of an encoder-decoder.
   *
   * @throws DataException if this is none
   */
  public EncoderDecoderArchitecture writer() {
    if (architecture instanceof EncoderDecoderArchitecture writer) {
      return writer;
    }
    throw new DataException(
        "Cannot use the model %s: it %s (expected one that writes texts, trained on pairs)"
            .formatted(uri, purpose()));
  }

  /**
   * The shape of a labeler.
   *
   * @throws DataException if this is none
   */
  public LabelerArchitecture labeler() {
    if (architecture instanceof LabelerArchitecture labeler) {
      return labeler;
    }
    throw new DataException(
        "Cannot use the model %s: it %s (expected one that gives labels, trained on examples)"
            .formatted(uri, purpose()));
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
    Task task = Task.of(dataset);
    if (task.examples().isPresent()) {
      requireSameTask(task, dataset);
      return this;
    }
    language();
    VocabularyFit fit = fit(dataset);
    fit.growth().ifPresent(growth -> LOG.warn("Model {} on {}: {}", uri, dataset.uri(), growth));
    return fittedTo(fit);
  }

  /** The ids of a model of examples are those of the dataset that it was trained on. */
  private void requireSameTask(Task task, DatasetDirectory dataset) {
    Architecture asked = task.isWriting() ? writer() : labeler();
    int vectors = task.examples().map(ExampleShape::vectorSize).orElse(0);
    if (asked.vectorSize() != vectors) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot use model %s on dataset %s: it reads %s, but the dataset has %s",
              uri,
              dataset.uri(),
              read(asked.vectorSize()),
              read(vectors)));
    }
    boolean tags = task.examples().orElseThrow().target() == ExampleShape.Target.TAGS;
    if (task.isLabelling() && labeler().isPooled() == tags) {
      throw new DataException(
          "Cannot use model %s on dataset %s: it gives %s, but the dataset has %s"
              .formatted(
                  uri, dataset.uri(), tags ? "one label" : "tags", tags ? "tags" : "one label"));
    }
    asked
        .vocabularySizes()
        .keySet()
        .forEach(
            column -> {
              String own = vocabularies.fingerprints().get(column);
              if (!own.equals(task.vocabularies().fingerprints().get(column))) {
                throw new DataException(
                    "Cannot use model %s on dataset %s: its vocabulary of %s is another one (expected the same ids; prepare the examples with the model's: prep --vocabulary %s)"
                        .formatted(uri, dataset.uri(), column.key(), uri));
              }
            });
  }

  private static String read(int vectorSize) {
    return vectorSize == 0
        ? "tokens"
        : String.format(Locale.ROOT, "vectors of %d numbers", vectorSize);
  }

  /**
   * Compares the vocabulary with that of a dataset.
   *
   * @throws DataException if each of both has tokens that the other lacks
   */
  public VocabularyFit fit(DatasetDirectory dataset) {
    try {
      return VocabularyFit.of(vocabulary(), dataset.vocabulary());
    } catch (DataException e) {
      throw new DataException(
          "Cannot use model %s on dataset %s: %s".formatted(uri, dataset.uri(), e.getMessage()), e);
    }
  }

  /** The model with another vocabulary. */
  public TrainedModel fittedTo(VocabularyFit fit) {
    if (fit.vocabulary().fingerprint().equals(vocabulary().fingerprint())) {
      return this;
    }
    VocabularyChange change = fit.change(language());
    return new TrainedModel(
        uri,
        change.architecture(),
        Vocabularies.of(fit.vocabulary()),
        change.carriedOver(parameters));
  }

  /** Where it was read from: the directory with the files. */
  public String uri() {
    return uri;
  }
}
