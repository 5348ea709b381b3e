package io.unroll.dataprep.examples;

import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.source.ComparedSources;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a kind of preparation found to read.
 *
 * @param inputs of the splits; without some for validation, those for training are divided
 * @param tables the same, where tables are read instead
 * @param sources the files behind them
 * @param vectorSize numbers of a vector; 0 where words are read
 * @param labels all there are, in the order of their ids; empty: those that training has
 * @param unit what inputs consist of, for messages: line, row
 * @param notes what deserves a word
 */
public record ExampleCorpora(
    Map<Split, List<ExampleInput>> inputs,
    Map<Split, TableExamples> tables,
    ComparedSources sources,
    int vectorSize,
    Optional<List<String>> labels,
    String unit,
    List<String> notes) {

  public ExampleCorpora {
    inputs = Collections.unmodifiableMap(inputs);
    tables = Collections.unmodifiableMap(tables);
    notes = List.copyOf(notes);
  }

  /** What is read of inputs. */
  public ExampleCorpora(
      Map<Split, List<ExampleInput>> inputs,
      ComparedSources sources,
      int vectorSize,
      Optional<List<String>> labels,
      String unit,
      List<String> notes) {
    this(inputs, Map.of(), sources, vectorSize, labels, unit, notes);
  }

  static ExampleCorpora ofTables(
      Map<Split, TableExamples> tables,
      ComparedSources sources,
      int vectorSize,
      Optional<List<String>> labels,
      List<String> notes) {
    return new ExampleCorpora(Map.of(), tables, sources, vectorSize, labels, "row", notes);
  }

  /** The same, with one more note. */
  public ExampleCorpora noting(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new ExampleCorpora(inputs, tables, sources, vectorSize, labels, unit, more);
  }
}
