package io.unroll.dataprep.summary;

import io.unroll.dataprep.counting.NewTokens;
import io.unroll.dataprep.counting.TokenCount;
import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.Manifest;
import io.unroll.dataprep.dataset.Source;
import io.unroll.dataprep.dataset.SourceChanges;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.SplitContent;
import io.unroll.dataprep.dataset.VocabularySummary;
import io.unroll.dataprep.dataset.VocabularyUse;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays out a summary. */
final class SummaryText {
  /** Unknown tokens of a split that are worth a word. */
  private static final double NOTABLE_SHARE = 0.001;

  /** Labels whose counts are shown; the manifest has all. */
  private static final int MOST_LABELS = 60;

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
    if (!manifest.sources().isEmpty()) {
      line(
          "sources",
          "%s, %s",
          Count.of(manifest.sources().size(), "file"),
          Count.of(bytes, "byte"));
    }
    manifest.examples().ifPresent(shape -> line("examples", "%s", shown(manifest, shape)));
    vocabulary(VocabularyUse.TOKENS, "vocabulary");
    vocabulary(VocabularyUse.TARGETS, "targets");
    summary.newTokens().ifPresent(this::newTokens);
    manifest.since().ifPresent(this::since);
    manifest.splits().forEach(this::split);
    if (!summary.mostFrequent().isEmpty()) {
      line("most frequent", "%s", shown(summary.mostFrequent()));
    }
    remarks().forEach(remark -> line("note", "%s", remark));
    return text.toString().stripTrailing();
  }

  private void vocabulary(VocabularyUse use, String name) {
    VocabularySummary vocabulary = summary.manifest().vocabularies().get(use);
    if (vocabulary != null) {
      line(
          name,
          "%s (%s), fingerprint %s",
          Count.of(vocabulary.size(), "token"),
          vocabulary.tokenizer().kind(),
          vocabulary.fingerprint().substring(0, 12));
    }
  }

  private static boolean hasTokens(Manifest manifest) {
    return manifest.vocabularies().containsKey(VocabularyUse.TOKENS);
  }

  private static String shown(Manifest manifest, ExampleShape shape) {
    String source =
        shape.source() == ExampleShape.Source.TOKENS
            ? "tokens"
            : "vectors of " + Count.of(shape.vectorSize(), "number");
    String characters =
        shape.characters()
            ? ", "
                + Count.of(
                    manifest.vocabularies().get(VocabularyUse.CHARACTERS).size(), "character")
            : "";
    return "%s with %s%s".formatted(source, shown(manifest, shape.target()), characters);
  }

  private static String shown(Manifest manifest, ExampleShape.Target target) {
    return switch (target) {
      case LABEL -> "a label, " + labels(manifest);
      case TAGS -> "a tag for each, " + labels(manifest);
      case TEXT -> "a text";
    };
  }

  private static String labels(Manifest manifest) {
    return Count.of(manifest.vocabularies().get(VocabularyUse.LABELS).size(), "label");
  }

  private void newTokens(NewTokens added) {
    int number = added.tokens().size();
    String more = number > added.first().size() ? ", ..." : "";
    String names = number > 0 ? ": " + shown(added.first()) + more : "";
    line("new tokens", "%s%s", grouped(number), names);
  }

  private void since(SourceChanges since) {
    long bytes = since.added().stream().mapToLong(Source::bytes).sum();
    line(
        "new since",
        "%s: %s of %s, %s",
        since.dataset(),
        grouped(since.added().size()),
        Count.of(summary.manifest().sources().size(), "file"),
        Count.of(bytes, "byte"));
  }

  List<String> remarks() {
    return Stream.of(summary.notes().stream(), leftOut().stream(), untrainedUnknown().stream())
        .flatMap(notes -> notes)
        .toList();
  }

  /** A vocabulary that is full stays as it is, which nobody notices from night to night. */
  private Optional<String> leftOut() {
    return summary
        .newTokens()
        .filter(added -> added.leftOut() > 0)
        .map(
            added ->
                "no room for %s more: the vocabulary has as many as --max-vocabulary allows"
                    .formatted(Count.of(added.leftOut(), "new token")));
  }

  /**
   * An {@code <unk>} that other splits have and training never sees has no parameters of worth,
   * unless an earlier training saw it.
   */
  private List<String> untrainedUnknown() {
    boolean old =
        summary
            .newTokens()
            .filter(added -> added.tokens().stream().noneMatch(SummaryText::isUnknown))
            .isPresent();
    if (old) {
      return List.of();
    }
    boolean read = summary.manifest().examples().isPresent();
    return Stream.of(
            untrainedUnknown(
                SplitContent::unknown, SplitContent::tokens, read ? "read" : "predicted"),
            untrainedUnknown(SplitContent::targetUnknown, SplitContent::targetTokens, "predicted"))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<String> untrainedUnknown(
      ToLongFunction<SplitContent> unknown, ToLongFunction<SplitContent> tokens, String use) {
    var splits = summary.manifest().splits();
    if (unknown.applyAsLong(splits.get(Split.TRAIN)) > 0) {
      return Optional.empty();
    }
    return splits.values().stream()
        .map(split -> share(unknown.applyAsLong(split), tokens.applyAsLong(split)))
        .max(Comparator.naturalOrder())
        .filter(share -> share >= NOTABLE_SHARE)
        .map(
            share ->
                String.format(
                    Locale.ROOT,
                    "%s is %.1f %% of what is %s later, but never seen in training (--min-count 2 makes rare tokens unknown there too)",
                    Tokenizer.UNKNOWN,
                    100 * share,
                    use));
  }

  private static boolean isUnknown(TokenCount count) {
    return count.token().equals(Tokenizer.UNKNOWN);
  }

  private static double share(long part, long whole) {
    return (double) part / Math.max(1, whole);
  }

  private void split(Split split, SplitContent content) {
    Manifest manifest = summary.manifest();
    if (manifest.examples().isPresent()) {
      examples(split, content);
      return;
    }
    String rows =
        switch (manifest.kind()) {
          case STREAM ->
              Count.of(content.rows(), "block") + " of " + grouped(manifest.blockLength());
          case SEQUENCES ->
              Count.of(content.rows(), "sequence")
                  + (content.given() > 0
                      ? ", " + Count.of(content.given(), "token") + " given"
                      : "");
          default ->
              Count.of(content.rows(), "caption") + " of " + Count.of(content.images(), "image");
        };
    line(
        split.label(),
        "%s, %s, %s",
        Count.of(content.tokens(), "token"),
        unknown(content.unknown(), content.tokens()),
        rows);
  }

  private void examples(Split split, SplitContent content) {
    boolean tokens = hasTokens(summary.manifest());
    line(
        split.label(),
        "%s, %s%s, %s",
        Count.of(content.rows(), "example"),
        Count.of(content.tokens(), tokens ? "token" : "vector"),
        tokens ? ", " + unknown(content.unknown(), content.tokens()) : "",
        lengths(content, content.tokens(), content.longest()));
    if (content.targets().isEmpty()) {
      line(
          "",
          "targets with %s, %s, %s",
          Count.of(content.targetTokens(), "token"),
          unknown(content.targetUnknown(), content.targetTokens()),
          lengths(content, content.targetTokens(), content.longestTarget()));
    } else {
      line("", "%s", labels(content));
    }
  }

  private static String unknown(long unknown, long tokens) {
    return String.format(
        Locale.ROOT, "%s unknown (%.4f %%)", grouped(unknown), 100 * share(unknown, tokens));
  }

  private static String lengths(SplitContent content, long steps, int longest) {
    return String.format(
        Locale.ROOT,
        "%.1f in the mean, longest %s",
        share(steps, content.rows()),
        grouped(longest));
  }

  private static String labels(SplitContent content) {
    String first =
        content.targets().entrySet().stream()
            .limit(MOST_LABELS)
            .map(label -> "%s %s".formatted(shown(label.getKey()), grouped(label.getValue())))
            .collect(Collectors.joining(", "));
    int more = content.targets().size() - MOST_LABELS;
    return more > 0 ? "%s and %s".formatted(first, Count.of(more, "other label")) : first;
  }

  private void line(String name, String format, Object... values) {
    String value = Printable.line(String.format(Locale.ROOT, format, values));
    text.append("%-14s".formatted(name)).append(value).append('\n');
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String shown(List<TokenCount> tokens) {
    return tokens.stream()
        .map(count -> "%s %s".formatted(shown(count.token()), grouped(count.count())))
        .collect(Collectors.joining(", "));
  }

  /** In quotes, so that a comma is told from a separator; control characters by their number. */
  private static String shown(String token) {
    return "'" + Printable.line(token) + "'";
  }
}
