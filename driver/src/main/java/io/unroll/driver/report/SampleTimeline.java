package io.unroll.driver.report;

import java.util.List;
import java.util.TreeSet;

/** Samples of a run in the order of rounds: from noise to words. */
final class SampleTimeline {
  /** So many samples are shown, however many there are. */
  private static final int MOST_SAMPLES = 8;

  /** Longer samples are cut, in code points. */
  private static final int MOST_CHARACTERS = 1200;

  private SampleTimeline() {}

  static void append(RunHistory history, StringBuilder html) {
    List<SampleText> shown = chosen(history.samples());
    if (shown.isEmpty()) {
      return;
    }
    html.append("<section>\n<h2>What it writes</h2>\n");
    if (shown.size() < history.samples().size()) {
      html.append("<p class=\"note\">").append(shown.size()).append(" of ");
      html.append(history.samples().size()).append(" samples.</p>\n");
    }
    html.append("<ol class=\"samples\">\n");
    shown.forEach(sample -> append(sample, history, html));
    html.append("</ol>\n</section>\n");
  }

  /**
   * First, last, and those between whose place in the list grows by a constant factor: a model
   * learns most in its first rounds.
   */
  static List<SampleText> chosen(List<SampleText> samples) {
    if (samples.size() <= MOST_SAMPLES) {
      return samples;
    }
    var places = new TreeSet<Integer>();
    for (int i = 0; i < MOST_SAMPLES; i++) {
      double place = Math.pow(samples.size(), i / (MOST_SAMPLES - 1.0)) - 1;
      places.add(Math.min(samples.size() - 1, Math.max(i, (int) Math.round(place))));
    }
    return places.stream().map(samples::get).toList();
  }

  private static void append(SampleText sample, RunHistory history, StringBuilder html) {
    html.append("<li><div class=\"when\"><b>round ").append(sample.round()).append("</b>");
    history
        .validation(sample.round())
        .ifPresent(
            v -> {
              html.append("<span>epoch ").append(Numbers.fixed(v.epoch(), 2));
              html.append("</span><span>loss ")
                  .append(Numbers.fixed(v.loss(), 3))
                  .append("</span>");
            });
    html.append("</div><pre>");
    if (!sample.prompt().isEmpty()) {
      html.append("<b>").append(Html.escape(cut(sample.prompt()))).append("</b>");
    }
    // HTML drops a line feed right after <pre>; one more keeps the first.
    html.append(sample.prompt().isEmpty() && sample.text().startsWith("\n") ? "\n" : "");
    html.append(Html.escape(cut(sample.text()))).append("</pre></li>\n");
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= MOST_CHARACTERS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS)) + "…";
  }
}
