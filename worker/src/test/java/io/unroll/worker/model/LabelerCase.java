package io.unroll.worker.model;

import io.unroll.worker.data.Example;
import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.Pooling;
import io.unroll.worker.layer.WordDropout;
import io.unroll.worker.model.LabelerArchitecture.Characters;
import io.unroll.worker.model.LabelerArchitecture.Numbers;
import io.unroll.worker.model.LabelerArchitecture.Source;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One labeler to be checked, with examples of several lengths. */
record LabelerCase(
    Cell cell,
    boolean bidirectional,
    Connections connections,
    Source source,
    List<Pooling> pooling,
    Dropouts dropout) {
  static final int TIME = 5;
  static final int BATCH = 3;
  private static final int VOCABULARY = 7;
  private static final int CHARACTERS = 6;
  private static final int LABELS = 3;

  private static final List<Source> SOURCES =
      List.of(
          new Tokens(VOCABULARY, 3, Optional.empty()),
          new Tokens(VOCABULARY, 2, Optional.of(new Characters(CHARACTERS, 2, 3))),
          new Numbers(4));

  private static final List<List<Pooling>> POOLINGS =
      List.of(
          List.of(),
          List.of(Pooling.LAST),
          List.of(Pooling.MEAN),
          List.of(Pooling.MAX),
          List.of(Pooling.MAX, Pooling.LAST, Pooling.MEAN));

  private static final List<Dropouts> DROPOUTS =
      List.of(
          Dropouts.NONE,
          new Dropouts(0.25, 0.5, false, WordDropout.NONE),
          new Dropouts(0.25, 0.5, true, WordDropout.NONE));

  /** Every cell, direction and kind of connection; what else there is goes round. */
  static List<LabelerCase> all() {
    List<LabelerCase> cases = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (Cell cell : Cell.values()) {
        for (Connections connections : Connections.values()) {
          for (boolean bidirectional : new boolean[] {false, true}) {
            int number = cases.size();
            cases.add(
                new LabelerCase(
                    cell,
                    bidirectional,
                    connections,
                    SOURCES.get((number + round) % 3),
                    POOLINGS.get(number % 5),
                    DROPOUTS.get((number / 2 + round) % 3)));
          }
        }
      }
    }
    return cases;
  }

  LabelerArchitecture architecture() {
    int layers = connections == Connections.PLAIN ? 2 : 3;
    Stack stack = new Stack(cell, 3, layers, bidirectional, connections);
    return new LabelerArchitecture(source, stack, LABELS, pooling, dropout);
  }

  DropoutMasks masks() {
    return dropout.any() ? new DropoutMasks(11, 3, 5) : DropoutMasks.NONE;
  }

  float[] parameters() {
    return ModelCase.normal(architecture().layout().size(), 0.6, 1);
  }

  /** In descending order of their lengths, but the last two. */
  List<Example> examples() {
    Random random = new Random(3);
    List<Example> examples = new ArrayList<>();
    for (int steps : new int[] {TIME, 2, 4}) {
      examples.add(example(steps, random));
    }
    return examples;
  }

  private Example example(int steps, Random random) {
    int[] targets = random.ints(pooling.isEmpty() ? steps : 1, 0, LABELS).toArray();
    if (source instanceof Numbers numbers) {
      float[] values = new float[steps * numbers.size()];
      for (int x = 0; x < values.length; x++) {
        values[x] = (float) random.nextGaussian();
      }
      return Example.ofVectors(steps, values, targets);
    }
    int[] tokens = random.ints(steps, 0, VOCABULARY).toArray();
    if (((Tokens) source).characters().isEmpty()) {
      return Example.ofTokens(tokens, targets);
    }
    int[][] words = new int[steps][];
    for (int t = 0; t < steps; t++) {
      // The same token is the same word.
      words[t] = new Random(tokens[t]).ints(1 + tokens[t] % 4, 0, CHARACTERS).toArray();
    }
    return Example.ofWords(tokens, words, targets);
  }

  Window window(List<Example> examples) {
    Window window = new Window(TIME + 2, BATCH + 1, architecture().vectorSize());
    int longest = examples.stream().mapToInt(Example::steps).max().orElseThrow();
    window.beginExamples(longest, examples.size(), !pooling.isEmpty());
    for (int b = 0; b < examples.size(); b++) {
      window.put(b, examples.get(b));
    }
    return window;
  }
}
