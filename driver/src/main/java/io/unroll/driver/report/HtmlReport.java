package io.unroll.driver.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run as one HTML page: result, charts, samples, settings. The page needs no network and no other
 * file, and reads in light and dark, on paper and on phones. All text of the run is escaped. Equal
 * input gives equal bytes.
 */
public final class HtmlReport {
  private final RunDescription run;
  private final RunHistory history;
  private final Optional<Confusion> confusion;
  private final Instant now;
  private final StringBuilder html = new StringBuilder();

  private HtmlReport(
      RunDescription run, RunHistory history, Optional<Confusion> confusion, Instant now) {
    this.run = run;
    this.history = history;
    this.confusion = confusion;
    this.now = now;
  }

  /**
   * The page.
   *
   * @param lines all that was told of the run, in its order; none if nothing was trained yet
   * @param confusion of the labels that its best model gives, if it was measured
   * @param now the date of the report
   */
  public static String html(
      RunDescription run, List<MetricsLine> lines, Optional<Confusion> confusion, Instant now) {
    return new HtmlReport(run, RunHistory.of(lines), confusion, now).page();
  }

  private String page() {
    HtmlPage.begin(run.title(), html);
    header();
    if (history.isEmpty()) {
      html.append("<p class=\"none\">No rounds yet.</p>\n");
    } else {
      charts();
      SampleTimeline.append(history, html);
    }
    confusion.ifPresent(measured -> ConfusionTable.append(measured, html));
    settings();
    RunFacts.append(history, now, html);
    html.append("<footer>Losses are natural logarithms, per ").append(run.unit().noun());
    html.append(". Values as recorded in <code>metrics.jsonl</code>.</footer>\n");
    HtmlPage.end(html);
    return html.toString();
  }

  private void header() {
    html.append("<header>\n<p class=\"kind\">Unroll training run</p>\n<h1>");
    html.append(Html.escape(run.title())).append("</h1>\n");
    if (!run.summary().isEmpty()) {
      html.append("<p class=\"summary\">").append(Html.escape(run.summary())).append("</p>\n");
    }
    status();
    html.append("<dl class=\"verdict\">\n");
    history.best().ifPresent(this::best);
    number("size", "Parameters", Numbers.count(run.parameters()), "");
    history
        .last()
        .ifPresent(
            last -> {
              number("work", "Trained on", Numbers.count(last.tokens()), epochs(last.epoch()));
              number("time", "Time", time(history.seconds()), speed(last.tokens()));
            });
    html.append("</dl>\n</header>\n");
  }

  private void status() {
    Optional<RoundMetrics> diverged = history.diverged();
    if (diverged.isPresent()) {
      status(
          "bad", "Diverged in round " + diverged.get().round() + ": loss " + diverged.get().loss());
      return;
    }
    history
        .last()
        .ifPresent(
            last -> {
              boolean done = last.round() == last.rounds();
              status(
                  done ? "done" : "open",
                  (done ? "All " : last.round() + " of ") + last.rounds() + " rounds");
            });
  }

  private void status(String style, String text) {
    html.append("<p class=\"status ").append(style).append("\">").append(Html.escape(text));
    html.append("</p>\n");
  }

  private void best(ValidationMetrics best) {
    TokenUnit unit = run.unit();
    String when = ", round " + best.round() + ", epoch " + Numbers.fixed(best.epoch(), 2);
    if (best.accuracy().isPresent()) {
      String accuracy = Numbers.fixed(100 * best.accuracy().getAsDouble(), 2) + " %";
      number(
          "best",
          "Best validation accuracy",
          accuracy,
          "loss " + Numbers.fixed(best.loss(), 4) + when);
      return;
    }
    int digits = unit == TokenUnit.CHARACTER ? 3 : 1;
    String measured = Numbers.fixed(unit.measured(best.loss()), digits);
    String reading =
        unit == TokenUnit.CHARACTER ? measured + " bits/char" : "perplexity " + measured;
    number("best", "Best validation loss", Numbers.fixed(best.loss(), 4), reading + when);
  }

  private String epochs(double epoch) {
    return run.unit().noun() + "s, in " + Numbers.fixed(epoch, 2) + " epochs";
  }

  private static String time(double seconds) {
    return Numbers.duration(Duration.ofMillis(Math.round(1000 * seconds)));
  }

  private String speed(long tokens) {
    double seconds = history.rounds().stream().mapToDouble(RoundMetrics::seconds).sum();
    double overhead = history.rounds().stream().mapToDouble(RoundMetrics::overheadSeconds).sum();
    return seconds > 0
        ? "%s %ss per second, %s %% overhead"
            .formatted(
                Numbers.count(Math.round(tokens / seconds)),
                run.unit().noun(),
                Numbers.fixed(100 * overhead / seconds, 1))
        : "";
  }

  private void number(String style, String name, String value, String note) {
    html.append("<div class=\"")
        .append(style)
        .append("\"><dt>")
        .append(name)
        .append("</dt><dd><b>")
        .append(Html.escape(value));
    html.append("</b>");
    if (!note.isEmpty()) {
      html.append(" <span>").append(Html.escape(note)).append("</span>");
    }
    html.append("</dd></div>\n");
  }

  private void charts() {
    html.append("<section class=\"charts\">\n");
    new RunCharts(run, history).all().forEach(chart -> html.append(chart.html()));
    html.append("</section>\n");
  }

  private void settings() {
    html.append(
        "<section>\n<h2>Settings</h2>\n<div class=\"wide-table\">\n<table class=\"settings\">\n");
    html.append("<thead><tr><th>setting</th><th>value</th><th>default</th></tr></thead>\n");
    String section = null;
    for (var setting : run.settings()) {
      if (!setting.section().equals(section)) {
        html.append(section == null ? "<tbody>\n" : "</tbody>\n<tbody>\n");
        section = setting.section();
      }
      html.append("<tr").append(setting.changed() ? " class=\"changed\"" : "").append("><th>");
      html.append(Html.escape(setting.key())).append("</th>");
      values(setting);
      html.append("</tr>\n");
    }
    html.append(section == null ? "" : "</tbody>\n").append("</table>\n</div>\n</section>\n");
  }

  /** Places have no default, and are long: they get its room, too. */
  private void values(RunDescription.EffectiveSetting setting) {
    Optional<String> otherwise = setting.defaultValue();
    html.append(otherwise.isPresent() ? "<td>" : "<td colspan=\"2\" class=\"place\">");
    html.append(Html.escape(setting.value())).append("</td>");
    otherwise.ifPresent(text -> html.append("<td>").append(Html.escape(text)).append("</td>"));
  }
}
