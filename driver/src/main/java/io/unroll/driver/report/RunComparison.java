package io.unroll.driver.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Several runs beside each other as one HTML page: what each came to, their losses over epochs and
 * over time, and the settings that differ. Equal input gives equal bytes.
 */
public final class RunComparison {
  /** Colours that the page has. */
  public static final int MOST_RUNS = 8;

  private static final double SECONDS = 60;

  /** As wide as the page, without labels at the ends of lines: there may be many, of long names. */
  private static final String WIDE = "wide unlabelled";

  private final List<Compared> runs;
  private final StringBuilder html = new StringBuilder();

  /**
   * One of the runs.
   *
   * @param lines all that was told of it, in its order
   */
  public record Compared(RunDescription run, List<MetricsLine> lines) {
    private RunHistory history() {
      return RunHistory.of(lines);
    }
  }

  private RunComparison(List<Compared> runs) {
    this.runs = List.copyOf(runs);
  }

  /**
   * The page.
   *
   * @param runs two to {@value #MOST_RUNS}, each of another title
   */
  public static String html(List<Compared> runs) {
    return new RunComparison(runs).page();
  }

  private String page() {
    String title =
        runs.get(0).run().title()
            + " and "
            + (runs.size() == 2 ? runs.get(1).run().title() : (runs.size() - 1) + " others");
    HtmlPage.begin(title, html);
    html.append("<header>\n<p class=\"kind\">Unroll training runs</p>\n<h1>");
    html.append(Html.escape(title)).append("</h1>\n</header>\n");
    outcomes();
    html.append("<section class=\"charts\">\n");
    append("Validation loss", Chart.Along.EPOCHS, WIDE, this::validations);
    append("Validation loss over time", Chart.Along.MINUTES, WIDE, this::validationsByTime);
    append("Training loss", Chart.Along.EPOCHS, "half", rounds(RoundMetrics::loss));
    append("Gradient norm", Chart.Along.EPOCHS, "half", rounds(RoundMetrics::gradientNorm));
    append("Speed", Chart.Along.EPOCHS, "half", rounds(RoundMetrics::tokensPerSecond));
    append("Learning rate", Chart.Along.EPOCHS, "half", rounds(RoundMetrics::learningRate));
    html.append("</section>\n");
    settings();
    html.append(
        "<footer>Losses are natural logarithms. Values as recorded in <code>metrics.jsonl</code> of each run.</footer>\n");
    HtmlPage.end(html);
    return html.toString();
  }

  private void outcomes() {
    html.append(
        "<section>\n<div class=\"wide-table\">\n<table class=\"settings\">\n<thead><tr><th>run</th>");
    for (String head :
        List.of("best loss", "reading", "at epoch", "parameters", "tokens", "time", "tokens/s")) {
      html.append("<th>").append(head).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (int x = 0; x < runs.size(); x++) {
      outcome(runs.get(x), style(x));
    }
    html.append("</tbody>\n</table>\n</div>\n</section>\n");
  }

  private void outcome(Compared compared, String style) {
    RunHistory history = compared.history();
    Optional<ValidationMetrics> best = history.best();
    long tokens = history.last().map(RoundMetrics::tokens).orElse(0L);
    double seconds = history.rounds().stream().mapToDouble(RoundMetrics::seconds).sum();
    html.append("<tr class=\"").append(style).append("\"><th class=\"named\">");
    html.append(Html.escape(compared.run().title())).append("</th>");
    cell(best.map(v -> Numbers.fixed(v.loss(), 4)));
    cell(best.map(v -> reading(v, compared.run().unit())));
    cell(best.map(v -> Numbers.fixed(v.epoch(), 2)));
    cell(Optional.of(Numbers.count(compared.run().parameters())));
    cell(Optional.of(Numbers.count(tokens)));
    cell(Optional.of(Numbers.duration(Duration.ofMillis(Math.round(1000 * history.seconds())))));
    cell(seconds > 0 ? Optional.of(Numbers.count(Math.round(tokens / seconds))) : Optional.empty());
    html.append("</tr>\n");
  }

  private static String reading(ValidationMetrics best, TokenUnit unit) {
    if (best.accuracy().isPresent()) {
      return "accuracy " + Numbers.fixed(100 * best.accuracy().getAsDouble(), 2) + " %";
    }
    String measured =
        Numbers.fixed(unit.measured(best.loss()), unit == TokenUnit.CHARACTER ? 3 : 1);
    return unit == TokenUnit.CHARACTER ? measured + " bits/char" : "perplexity " + measured;
  }

  private void cell(Optional<String> text) {
    html.append("<td>").append(Html.escape(text.orElse(""))).append("</td>");
  }

  private static String style(int run) {
    return "run" + run;
  }

  /** The lines of a chart, one for each run. */
  private interface Lines {
    Series of(Compared run, String style);
  }

  private Series validations(Compared compared, String style) {
    return Series.ofValidations(
        compared.run().title(), style, compared.history().validations(), ValidationMetrics::loss);
  }

  /** Time of the rounds up to each validation. */
  private Series validationsByTime(Compared compared, String style) {
    RunHistory history = compared.history();
    List<Series.Point> points =
        history.validations().stream()
            .map(
                v ->
                    new Series.Point(
                        v.round(),
                        history.rounds().stream()
                                .filter(r -> r.round() <= v.round())
                                .mapToDouble(RoundMetrics::seconds)
                                .sum()
                            / SECONDS,
                        v.loss()))
            .toList();
    return new Series(compared.run().title(), style, points);
  }

  private static Lines rounds(ToDoubleFunction<RoundMetrics> value) {
    return (compared, style) ->
        Series.ofRounds(compared.run().title(), style, compared.history().rounds(), value);
  }

  private void append(String title, Chart.Along along, String size, Lines lines) {
    List<Series> series = new ArrayList<>();
    IntStream.range(0, runs.size()).forEach(x -> series.add(lines.of(runs.get(x), style(x))));
    if (series.stream().allMatch(line -> line.points().isEmpty())) {
      return;
    }
    double longest = points(series, Series.Point::x).max().orElse(1);
    double[] values = points(series, Series.Point::y).filter(Double::isFinite).sorted().toArray();
    Axis y =
        values.length == 0
            ? Axis.around(0, 1, 4)
            : Axis.around(values[0], values[values.length - 1], 4);
    html.append(
        new Chart(
                title,
                "",
                size,
                along,
                Axis.exactly(0, longest > 0 ? longest : 1, 8),
                y,
                series,
                Chart.Marks.NONE)
            .html());
  }

  private static DoubleStream points(List<Series> series, ToDoubleFunction<Series.Point> value) {
    return series.stream().flatMap(line -> line.points().stream()).mapToDouble(value);
  }

  private void settings() {
    Set<String> keys = new LinkedHashSet<>();
    runs.forEach(each -> each.run().settings().forEach(setting -> keys.add(setting.key())));
    html.append("<section>\n<h2>Settings that differ</h2>\n<div class=\"wide-table\">\n");
    html.append("<table class=\"settings\">\n<thead><tr><th>setting</th>");
    runs.forEach(
        each -> html.append("<th>").append(Html.escape(each.run().title())).append("</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    for (String key : keys) {
      List<String> values = runs.stream().map(each -> value(each.run(), key)).toList();
      if (values.stream().distinct().count() > 1) {
        html.append("<tr><th>").append(Html.escape(key)).append("</th>");
        values.forEach(value -> cell(Optional.of(value)));
        html.append("</tr>\n");
      }
    }
    html.append("</tbody>\n</table>\n</div>\n</section>\n");
  }

  /** Empty where the setting has no effect. */
  private static String value(RunDescription run, String key) {
    return run.settings().stream()
        .filter(setting -> setting.key().equals(key))
        .map(RunDescription.EffectiveSetting::value)
        .findFirst()
        .orElse("");
  }
}
