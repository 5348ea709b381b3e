package io.unroll.dataprep.summary;

import io.unroll.dataprep.counting.NewTokens;
import io.unroll.dataprep.counting.TokenCount;
import io.unroll.dataprep.dataset.Manifest;
import java.util.List;
import java.util.Optional;

/**
 * What a preparation did.
 *
 * @param output where the dataset is
 * @param newTokens what was appended to a vocabulary that was given; empty where none was
 * @param mostFrequent the ten most frequent tokens of the training split, most frequent first
 * @param notes what deserves a word, such as captions that were left out
 */
public record PreparationSummary(
    String output,
    Manifest manifest,
    Optional<NewTokens> newTokens,
    List<TokenCount> mostFrequent,
    List<String> notes) {

  public PreparationSummary {
    mostFrequent = List.copyOf(mostFrequent);
    notes = List.copyOf(notes);
  }

  /** What deserves a word, also what only the manifest shows. */
  public List<String> remarks() {
    return new SummaryText(this).remarks();
  }

  /** The summary for people: some lines, without a line end after the last. */
  public String text() {
    return new SummaryText(this).toString();
  }
}
