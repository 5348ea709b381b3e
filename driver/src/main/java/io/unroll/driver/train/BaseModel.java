package io.unroll.driver.train;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.driver.config.ConfigurationException;
import io.unroll.driver.config.ModelSettings;
import io.unroll.driver.config.ModelSettings.Part;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.model.LearntWords;
import io.unroll.driver.model.Task;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.model.VocabularyFit;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.LanguageArchitecture;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The model that a training begins with: a language model with a row for every token of the
 * dataset, a labeler with its vocabularies, or a language model whose words a labeler takes.
 *
 * @param words what a labeler takes of a language model; empty if the training goes on as the model
 * @param text what the training begins with, in words
 */
record BaseModel(TrainedModel model, Optional<LearntWords> words, String text) {
  /**
   * Reads the model.
   *
   * @throws DataException if there is none, it is damaged, or the dataset lacks some of its tokens
   */
  static BaseModel read(String uri, DatasetDirectory dataset, Configuration hadoop) {
    TrainedModel model = TrainedModel.read(uri, hadoop);
    Task task = Task.of(dataset);
    if (task.examples().isEmpty()) {
      return language(uri, model, dataset);
    }
    if (task.isLabelling() && model.architecture() instanceof LanguageArchitecture) {
      LearntWords words = new LearntWords(model, task.vocabularies().tokens());
      return new BaseModel(model, Optional.of(words), words.text());
    }
    return new BaseModel(
        model.fittedTo(dataset), Optional.empty(), "all of it: the dataset has the same ids");
  }

  private static BaseModel language(String uri, TrainedModel model, DatasetDirectory dataset) {
    model.language();
    VocabularyFit fit = model.fit(dataset);
    int missing = fit.vocabulary().size() - dataset.vocabulary().size();
    if (missing > 0) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot continue from the model %s on dataset %s: the dataset's vocabulary lacks %d of the model's %d tokens (expected all; prepare the text with prep --vocabulary %s, and --extend for tokens that are new)",
              model.uri(),
              dataset.uri(),
              missing,
              model.vocabulary().size(),
              uri));
    }
    return new BaseModel(
        model.fittedTo(fit),
        Optional.empty(),
        fit.growth().orElse("all tokens of the dataset are the model's"));
  }

  /**
   * The configuration with the model's settings where none were given.
   *
   * @throws ConfigurationException naming every setting of the model's shape that was given and is
   *     another one
   */
  RunConfiguration settle(RunConfiguration asked) {
    return asked
        .withModel(
            ModelSettings.of(model.architecture()),
            words.isPresent() ? Part.WORDS : Part.ALL,
            "as the model of continue-from has, or no value")
        .with(RunConfiguration.CONTINUE_FROM, model.uri());
  }

  /** The parameters that the training begins with. */
  float[] parameters(Architecture architecture, long seed) {
    return words.isPresent()
        ? words.get().into((LabelerArchitecture) architecture, seed)
        : model.parameters();
  }

  /** The line that says so. */
  String line() {
    return "base       %s; %s".formatted(model.uri(), text);
  }
}
