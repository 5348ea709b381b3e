package io.unroll.driver.train;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.place.Place;
import io.unroll.driver.config.ModelSettings;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.report.HtmlReport;
import io.unroll.driver.report.MetricsLine;
import io.unroll.driver.report.RunDescription;
import io.unroll.driver.report.TokenUnit;
import io.unroll.worker.model.LanguageModel;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The page of a run, made of its configuration, vocabulary and events. */
public final class RunReport {
  private RunReport() {}

  /**
   * The HTML of the page.
   *
   * @param now the date of the report
   */
  public static String html(
      RunConfiguration configuration, Vocabulary vocabulary, List<MetricsLine> lines, Instant now) {
    ModelSettings model = configuration.model();
    String summary =
        String.format(
            Locale.ROOT,
            "%d-layer %s of %d units, vocabulary of %,d (%s), data %s",
            model.layers(),
            model.cell().key(),
            model.hidden(),
            vocabulary.size(),
            vocabulary.tokenizer().kind(),
            configuration.data());
    RunDescription description =
        RunDescription.of(
            Place.of(configuration.run()).getName(),
            summary,
            TokenUnit.of(vocabulary.tokenizer().kind()),
            LanguageModel.layout(model.architecture(vocabulary.size())).size(),
            configuration);
    return HtmlReport.html(description, lines, now);
  }
}
