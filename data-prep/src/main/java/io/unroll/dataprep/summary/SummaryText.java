package io.unroll.dataprep.summary;

import io.unroll.dataprep.dataset.DatasetKind;
import io.unroll.dataprep.dataset.Manifest;
import io.unroll.dataprep.dataset.Source;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.SplitContent;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lays out a summary. */
final class SummaryText {
  private final PreparationSummary summary;
  private final StringBuilder text = new StringBuilder();

  SummaryText(PreparationSummary summary) {
    this.summary = summary;
  }

  @Override
  public String toString() {
    text.setLength(0);
    Manifest manifest = summary.manifest();
    long bytes = manifest.sources().stream().mapToLong(Source::bytes).sum();
    line("dataset", "%s", summary.output());
    line("sources", "%s, %s", Count.of(manifest.sources().size(), "file"), Count.of(bytes, "byte"));
    line(
        "vocabulary",
        "%s (%s), fingerprint %s",
        Count.of(manifest.vocabularySize(), "token"),
        manifest.tokenizer().kind(),
        manifest.vocabularyFingerprint().substring(0, 12));
    manifest.splits().forEach(this::split);
    line(
        "most frequent",
        "%s",
        summary.mostFrequent().stream()
            .map(t -> "%s %s".formatted(shown(t.token()), grouped(t.count())))
            .collect(Collectors.joining(", ")));
    summary.notes().forEach(note -> line("note", "%s", note));
    return text.toString().stripTrailing();
  }

  private void split(Split split, SplitContent content) {
    Manifest manifest = summary.manifest();
    boolean stream = manifest.kind() == DatasetKind.STREAM;
    String rows =
        stream
            ? Count.of(content.rows(), "block") + " of " + grouped(manifest.blockLength())
            : Count.of(content.rows(), "caption") + " of " + Count.of(content.images(), "image");
    line(
        split.label(),
        "%s, %s unknown (%.4f %%), %s",
        Count.of(content.tokens(), "token"),
        grouped(content.unknown()),
        100.0 * content.unknown() / Math.max(1, content.tokens()),
        rows);
  }

  private void line(String name, String format, Object... values) {
    text.append("%-14s".formatted(name)).append(String.format(Locale.ROOT, format, values));
    text.append('\n');
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** In quotes, so that a comma is told from a separator; control characters by their number. */
  private static String shown(String token) {
    return token
        .codePoints()
        .mapToObj(SummaryText::shown)
        .collect(Collectors.joining("", "'", "'"));
  }

  private static String shown(int point) {
    return switch (point) {
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '\r' -> "\\r";
      default ->
          Character.isISOControl(point)
              ? String.format(Locale.ROOT, "\\u%04X", point)
              : Character.toString(point);
    };
  }
}
