package io.unroll.dataprep.source;

import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.dataset.Source;
import io.unroll.dataprep.dataset.SourceChanges;
import io.unroll.dataprep.summary.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The files of a dataset, beside those of an earlier one if there is one.
 *
 * @param files in the order of the corpus
 * @param changes since the earlier dataset
 * @param misplaced names a file that comes before one that the earlier dataset has, and did not
 *     come before it then
 */
public record ComparedSources(
    List<Source> files, Optional<SourceChanges> changes, Optional<String> misplaced) {
  private static final int MOST_SHOWN = 3;

  /** What follows where splits are contiguous shares of all files. */
  private static final String RISK =
      "with splits by fractions, text that an earlier model was trained on can come into the validation split now";

  public ComparedSources {
    files = List.copyOf(files);
  }

  /** Files that are compared with no others. */
  static ComparedSources alone(List<Source> files) {
    return new ComparedSources(files, Optional.empty(), Optional.empty());
  }

  /** What spoils a comparison of models that were trained on the two datasets. */
  public List<String> notes(Fractions fractions) {
    boolean contiguous = !fractions.equals(Fractions.ALL_TRAIN);
    String end = contiguous ? "; " + RISK : "";
    List<String> notes = new ArrayList<>();
    changes
        .map(SourceChanges::changed)
        .filter(changed -> !changed.isEmpty())
        .ifPresent(
            changed -> notes.add("changed since the earlier dataset: " + named(changed) + end));
    changes
        .map(SourceChanges::gone)
        .filter(gone -> !gone.isEmpty())
        .ifPresent(gone -> notes.add("gone since the earlier dataset: " + named(gone) + end));
    misplaced
        .filter(named -> contiguous)
        .ifPresent(
            named ->
                notes.add(
                    "%s, which it did not in the earlier dataset: %s (give new files names that sort last, such as by date)"
                        .formatted(named, RISK)));
    return notes;
  }

  private static String named(List<Source> sources) {
    String first =
        sources.stream().limit(MOST_SHOWN).map(Source::uri).collect(Collectors.joining(", "));
    String more = sources.size() > MOST_SHOWN ? ", ..." : "";
    return "%s (%s%s)".formatted(Count.of(sources.size(), "file"), first, more);
  }
}
