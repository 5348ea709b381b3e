package io.unroll.driver.report;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** When a run was, on what, and when its report was made. */
final class RunFacts {
  private RunFacts() {}

  static void append(RunHistory history, Instant now, StringBuilder html) {
    html.append("<section>\n<h2>Where and when</h2>\n<div class=\"wide-table\">\n");
    html.append("<table class=\"settings\">\n<tbody>\n");
    List<Instant> times = history.times();
    if (!times.isEmpty()) {
      row("began", Numbers.date(times.get(0)), html);
      row("last event", Numbers.date(times.get(times.size() - 1)), html);
    }
    List<RunStart> starts = history.starts();
    if (!starts.isEmpty()) {
      environment(starts.get(starts.size() - 1), html);
    }
    if (starts.size() > 1) {
      row("starts", Integer.toString(starts.size()) + "; the lines above tell of the last", html);
    }
    row("this report", Numbers.date(now), html);
    html.append("</tbody>\n</table>\n</div>\n</section>\n");
  }

  private static void environment(RunStart start, StringBuilder html) {
    row("host", start.host(), html);
    row("cores", String.format(Locale.ROOT, "%d, of %s", start.cores(), start.master()), html);
    row(
        "software",
        String.format(
            Locale.ROOT,
            "Unroll %s, Java %s, Spark %s",
            start.version(),
            start.java(),
            start.spark()),
        html);
  }

  private static void row(String name, String value, StringBuilder html) {
    html.append("<tr><th>").append(name).append("</th><td>");
    html.append(Html.escape(value)).append("</td></tr>\n");
  }
}
