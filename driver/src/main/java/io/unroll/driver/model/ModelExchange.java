package io.unroll.driver.model;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.OutputExistsException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.driver.run.ModelDirectory;
import io.unroll.driver.run.Storage;
import io.unroll.driver.run.StorageException;
import io.unroll.worker.format.FormatException;
import io.unroll.worker.format.ModelDescription;
import io.unroll.worker.format.ModelFiles;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Models to model directories, and to and from files of other programs. */
public final class ModelExchange {
  private final Configuration hadoop;

  public ModelExchange(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * Writes a model as the files of a format, each whole or not at all.
   *
   * @param output of the file; where there are several, each has its own suffix before the
   *     extension
   * @param overwrite whether what is there may be replaced
   * @return full URIs of the files
   * @throws DataException if the format has no such models
   * @throws OutputExistsException if a file is there that is not to be replaced
   * @throws StorageException if one cannot be written
   */
  public List<String> write(
      ForeignFormat format, TrainedModel model, String output, boolean overwrite) {
    Path target = qualified(output, hadoop);
    try (Storage storage = Storage.open(target.getParent().toString(), hadoop)) {
      List<String> written = new ArrayList<>();
      for (ForeignFormat.Part part : writable(format, model, storage, target, overwrite)) {
        Path file = named(target, part);
        storage.write(file.getName(), part.body()::write);
        written.add(file.toString());
      }
      return written;
    }
  }

  /**
   * Makes sure that a model can be written so, before anything is computed for it.
   *
   * @param output of the file
   * @param overwrite whether what is there may be replaced
   * @throws DataException if the format has no such models
   * @throws OutputExistsException if a file is there that is not to be replaced
   */
  public void requireWritable(
      ForeignFormat format, TrainedModel model, String output, boolean overwrite) {
    Path target = qualified(output, hadoop);
    try (Storage storage = Storage.open(target.getParent().toString(), hadoop)) {
      writable(format, model, storage, target, overwrite);
    }
  }

  private static List<ForeignFormat.Part> writable(
      ForeignFormat format, TrainedModel model, Storage storage, Path target, boolean overwrite) {
    format
        .refusal(model.architecture())
        .ifPresent(
            reason -> {
              throw new DataException(
                  "Cannot write the model %s as %s: %s".formatted(model.uri(), target, reason));
            });
    var content = new ForeignFormat.Content(model.architecture(), model.parameters());
    List<ForeignFormat.Part> parts = format.parts(content);
    for (ForeignFormat.Part part : parts) {
      Path file = named(target, part);
      if (storage.exists(file.getName()) && !overwrite) {
        throw new OutputExistsException(
            "Cannot write %s: it is there; choose another output, or replace it with --overwrite"
                .formatted(file));
      }
    }
    return parts;
  }

  /** {@code model.onnx} becomes {@code model-SUFFIX.onnx}. */
  private static Path named(Path target, ForeignFormat.Part part) {
    if (part.suffix().isEmpty()) {
      return target;
    }
    String name = target.getName();
    int extension = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
    String own = name.substring(0, extension) + "-" + part.suffix() + name.substring(extension);
    return new Path(target.getParent(), own);
  }

  /**
   * Writes a model as a model directory, whole or not at all.
   *
   * @param output of the directory
   * @param overwrite whether a model that is there may be replaced
   * @return full URI of the directory
   * @throws OutputExistsException if a model is there that is not to be replaced
   * @throws StorageException if it cannot be written
   */
  public String write(TrainedModel model, String output, boolean overwrite) {
    Path target = qualified(output, hadoop);
    try (Storage storage = Storage.open(target.getParent().toString(), hadoop)) {
      requireNoModel(storage, target, overwrite);
      write(
          storage,
          target.getName(),
          model.architecture(),
          model.parameters(),
          model.vocabularies());
      return target.toString();
    }
  }

  /**
   * Reads a file and writes it as a model directory, whole or not at all.
   *
   * @param input of the file
   * @param vocabularyFile {@value ModelDirectory#VOCABULARY} of a dataset or of a model
   * @param output of the directory
   * @param overwrite whether a model that is there may be replaced
   * @return full URI of the directory
   * @throws DataException if the file is damaged or holds what is no model of Unroll's, the
   *     vocabulary has another size
   * @throws OutputExistsException if a model is there that is not to be replaced
   * @throws StorageException if it cannot be written
   */
  public String read(
      ReadableFormat format,
      String input,
      String vocabularyFile,
      String output,
      boolean overwrite) {
    Path target = qualified(output, hadoop);
    try (Storage storage = Storage.open(target.getParent().toString(), hadoop)) {
      requireNoModel(storage, target, overwrite);
      Vocabulary vocabulary = vocabulary(vocabularyFile);
      ForeignFormat.Content content = content(format, input);
      requireSize(vocabulary, vocabularyFile, content, input);
      write(
          storage,
          target.getName(),
          content.architecture(),
          content.parameters(),
          Vocabularies.of(vocabulary));
      return target.toString();
    }
  }

  private static void requireNoModel(Storage storage, Path target, boolean overwrite) {
    if (storage.exists(target.getName() + "/" + ModelFiles.DESCRIPTION) && !overwrite) {
      throw new OutputExistsException(
          "Cannot write %s: a model is there; choose another output, or replace it with --overwrite"
              .formatted(target));
    }
  }

  private ForeignFormat.Content content(ReadableFormat format, String uri) {
    Path file = qualified(uri, hadoop);
    try (Storage storage = Storage.open(file.getParent().toString(), hadoop)) {
      return storage.read(
          file.getName(), (in, length) -> finite(format.read(in, length, file.toString()), file));
    } catch (StorageException e) {
      throw TrainedModel.unusable(e);
    }
  }

  private static ForeignFormat.Content finite(ForeignFormat.Content content, Path file)
      throws FormatException {
    ModelFiles.requireFinite(content.architecture(), content.parameters(), file.toString());
    return content;
  }

  private Vocabulary vocabulary(String uri) {
    Path file = qualified(uri, hadoop);
    try (Storage storage = Storage.open(file.getParent().toString(), hadoop)) {
      return TrainedModel.vocabulary(storage, file.getName());
    } catch (StorageException e) {
      throw TrainedModel.unusable(e);
    }
  }

  private static void requireSize(
      Vocabulary vocabulary, String vocabularyFile, ForeignFormat.Content content, String input) {
    int size = content.architecture().vocabularySizes().get(Column.TOKENS);
    if (vocabulary.size() != size) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot use %s: it has %d tokens, but the network in %s has a vocabulary of %d",
              vocabularyFile,
              vocabulary.size(),
              input,
              size));
    }
  }

  private static void write(
      Storage storage,
      String directory,
      Architecture architecture,
      float[] parameters,
      Vocabularies vocabularies) {
    var description = new ModelDescription(architecture, vocabularies.fingerprints());
    ModelDirectory.write(
        storage,
        directory,
        out -> ModelFiles.writeParameters(out, architecture, parameters),
        out -> out.write(vocabularies.toJson().getBytes(StandardCharsets.UTF_8)),
        out -> ModelFiles.writeDescription(out, description));
  }

  /** With scheme and all directories, so that it has a parent; the file that a link leads to. */
  private static Path qualified(String uri, Configuration hadoop) {
    try (Storage storage = Storage.open(uri, hadoop)) {
      Path path = storage.resolved();
      if (path.isRoot()) {
        throw new DataException("Cannot use %s: it is a root directory".formatted(uri));
      }
      return path;
    }
  }
}
