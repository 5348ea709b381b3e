package io.unroll.dataprep.dataset;

import java.util.List;

/**
 * How the files that a dataset was made of differ from those of an earlier dataset. Files are told
 * apart by their content: one that was only moved is in none of the lists.
 *
 * @param dataset where the earlier one was
 * @param fingerprint of its content
 * @param added files that no file of then is, at its place or elsewhere
 * @param changed files with another content than the one at their place then, which is nowhere now
 * @param gone files of then that are nowhere now, and in whose place is no changed one
 */
public record SourceChanges(
    String dataset,
    String fingerprint,
    List<Source> added,
    List<Source> changed,
    List<Source> gone) {

  public SourceChanges {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    gone = List.copyOf(gone);
  }
}
