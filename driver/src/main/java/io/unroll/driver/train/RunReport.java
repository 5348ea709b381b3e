package io.unroll.driver.train;

import io.unroll.dataprep.place.Place;
import io.unroll.driver.config.ModelSettings;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.model.Task;
import io.unroll.driver.report.Confusion;
import io.unroll.driver.report.HtmlReport;
import io.unroll.driver.report.MetricsLine;
import io.unroll.driver.report.RunDescription;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The page of a run, made of its configuration, task and events. */
public final class RunReport {
  private RunReport() {}

  /**
   * The HTML of the page.
   *
   * @param confusion of the labels that the best model gives, if it was measured
   * @param now the date of the report
   */
  public static String html(
      RunConfiguration configuration,
      Task task,
      List<MetricsLine> lines,
      Optional<Confusion> confusion,
      Instant now) {
    return HtmlReport.html(description(configuration, task), lines, confusion, now);
  }

  /** What a page says of a run beside its events. */
  public static RunDescription description(RunConfiguration configuration, Task task) {
    ModelSettings model = configuration.model();
    String summary =
        String.format(
            Locale.ROOT,
            "%d-layer %s of %d units, %s (%s), data %s",
            model.layers(),
            model.cell().key(),
            model.hidden(),
            task.description(),
            task.predicted().tokenizer().kind(),
            configuration.data());
    return RunDescription.of(
        Place.of(configuration.run()).getName(),
        summary,
        task.unit(),
        task.architecture(model).layout().size(),
        configuration);
  }
}
