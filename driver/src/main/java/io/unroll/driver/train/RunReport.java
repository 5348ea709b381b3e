package io.unroll.driver.train;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.driver.config.ClippingSettings;
import io.unroll.driver.config.ModelSettings;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.config.Settings;
import io.unroll.driver.report.HtmlReport;
import io.unroll.driver.report.RunDescription;
import io.unroll.driver.report.RunDescription.EffectiveSetting;
import io.unroll.driver.report.RunEvent;
import io.unroll.driver.report.TokenUnit;
import io.unroll.worker.model.ParameterLayout;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.hadoop.fs.Path;

/** The page of a run, made of its configuration, vocabulary and events. */
public final class RunReport {
  private RunReport() {}

  /** The HTML of the page. */
  public static String html(
      RunConfiguration configuration, Vocabulary vocabulary, List<RunEvent> events) {
    return HtmlReport.html(describe(configuration, vocabulary), events);
  }

  private static RunDescription describe(RunConfiguration configuration, Vocabulary vocabulary) {
    ModelSettings model = configuration.model();
    ClippingSettings clipping = configuration.clipping();
    return new RunDescription(
        new Path(configuration.run()).getName(),
        "%d-layer %s of %d units, vocabulary of %,d (%s), data %s"
            .formatted(
                model.layers(),
                model.cell().key(),
                model.hidden(),
                vocabulary.size(),
                vocabulary.tokenizer().kind(),
                configuration.data()),
        TokenUnit.of(vocabulary.tokenizer().kind()),
        ParameterLayout.of(model.architecture(vocabulary.size())).size(),
        clipping.kind() == ClippingSettings.Kind.NORM
            ? OptionalDouble.of(clipping.maxNorm())
            : OptionalDouble.empty(),
        settings(configuration));
  }

  private static List<EffectiveSetting> settings(RunConfiguration configuration) {
    return Settings.all().stream()
        .map(
            setting ->
                new EffectiveSetting(
                    setting.key(), setting.textIn(configuration), setting.defaultText()))
        .toList();
  }
}
