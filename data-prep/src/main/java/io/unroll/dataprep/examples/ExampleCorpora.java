package io.unroll.dataprep.examples;

import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.source.ComparedSources;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a kind of preparation found to read.
 *
 * @param inputs of the splits; without some for validation, those for training are divided
 * @param sources the files behind them
 * @param vectorSize numbers of a vector; 0 where words are read
 * @param labels all there are, in the order of their ids; empty: those that training has
 * @param unit what inputs consist of, for messages: line, row
 * @param notes what deserves a word
 */
public record ExampleCorpora(
    Map<Split, List<ExampleInput>> inputs,
    ComparedSources sources,
    int vectorSize,
    Optional<List<String>> labels,
    String unit,
    List<String> notes) {

  public ExampleCorpora {
    inputs = new EnumMap<>(inputs);
    notes = List.copyOf(notes);
  }

  /** The same, with one more note. */
  public ExampleCorpora noting(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new ExampleCorpora(inputs, sources, vectorSize, labels, unit, more);
  }
}
