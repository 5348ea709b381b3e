package io.unroll.driver.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A confusion matrix as a table whose cells are the darker, the more of their row they have. */
final class ConfusionTable {
  /** Labels that a page has room for; of more, the most frequent are shown. */
  private static final int MOST_LABELS = 30;

  private static final int PERCENT = 100;

  private final Confusion confusion;
  private final StringBuilder html;

  private ConfusionTable(Confusion confusion, StringBuilder html) {
    this.confusion = confusion;
    this.html = html;
  }

  static void append(Confusion confusion, StringBuilder html) {
    new ConfusionTable(confusion, html).append();
  }

  private void append() {
    List<Integer> shown =
        IntStream.range(0, confusion.labels().size())
            .boxed()
            .sorted(Comparator.comparingLong(label -> -confusion.support(label)))
            .limit(MOST_LABELS)
            .toList();
    html.append("<section>\n<h2>What is taken for what</h2>\n<p class=\"note\">");
    html.append(Html.escape(confusion.place()));
    html.append(". Rows: the right label; columns: the one that was given.");
    if (shown.size() < confusion.labels().size()) {
      html.append(" The ").append(shown.size()).append(" most frequent of ");
      html.append(confusion.labels().size()).append(" labels.");
    }
    html.append(
        "</p>\n<div class=\"wide-table\">\n<table class=\"confusion\">\n<thead><tr><th></th>");
    shown.forEach(label -> head(label));
    html.append("</tr></thead>\n<tbody>\n");
    shown.forEach(right -> row(right, shown));
    html.append("</tbody>\n</table>\n</div>\n</section>\n");
  }

  private void head(int label) {
    html.append("<th>").append(Html.escape(confusion.labels().get(label))).append("</th>");
  }

  private void row(int right, List<Integer> shown) {
    html.append("<tr>");
    head(right);
    for (int given : shown) {
      cell(right, given);
    }
    html.append("</tr>\n");
  }

  private void cell(int right, int given) {
    long count = confusion.counts().get(right).get(given);
    double share = count == 0 ? 0 : (double) count / confusion.support(right);
    html.append(
        String.format(
            Locale.ROOT,
            "<td class=\"%s\" style=\"--share:%.3f\"",
            right == given ? "right" : "wrong",
            share));
    html.append(" title=\"").append(Html.escape(confusion.labels().get(right))).append(" → ");
    html.append(Html.escape(confusion.labels().get(given)));
    html.append(String.format(Locale.ROOT, ": %.1f %%\">", PERCENT * share));
    html.append(count == 0 ? "" : Numbers.count(count)).append("</td>");
  }
}
