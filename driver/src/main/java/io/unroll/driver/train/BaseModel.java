package io.unroll.driver.train;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.driver.config.ConfigurationException;
import io.unroll.driver.config.ModelSettings;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.model.Task;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.model.VocabularyFit;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The model that a training begins with; a language model has a row for every token of the dataset.
 *
 * @param growth what the dataset has beyond the model, in words; empty if nothing
 */
record BaseModel(TrainedModel model, Optional<String> growth) {
  /**
   * Reads the model.
   *
   * @throws DataException if there is none, it is damaged, or the dataset lacks some of its tokens
   */
  static BaseModel read(String uri, DatasetDirectory dataset, Configuration hadoop) {
    TrainedModel model = TrainedModel.read(uri, hadoop);
    if (Task.of(dataset).isLabelling()) {
      return new BaseModel(model.fittedTo(dataset), Optional.empty());
    }
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
    return new BaseModel(model.fittedTo(fit), fit.growth());
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
            "as the model of continue-from has, or no value")
        .with(RunConfiguration.CONTINUE_FROM, model.uri());
  }

  /** What the training begins with, in words. */
  String text() {
    return "base       %s; %s"
        .formatted(model.uri(), growth.orElse("all tokens of the dataset are the model's"));
  }
}
