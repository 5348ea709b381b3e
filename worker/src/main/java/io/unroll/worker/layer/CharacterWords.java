package io.unroll.worker.layer;

import io.unroll.worker.math.Matrix;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A vector for each word from its characters: the ends of a small bidirectional recurrent layer
 * over them (Ling et al. 2015; Plank, Søgaard and Goldberg 2016). Every distinct word of a window
 * is read once, the longest first, so that steps behind the end of most words cost nothing.
 *
 * <p>Its buffers grow to the largest number of distinct words, and to the longest word, that it
 * meets. Letters: T steps, B sequences, W distinct words, C characters of the longest, H units.
 */
public final class CharacterWords implements Module {
  private static final String PREFIX = "characters";
  private static final String EMBEDDING = PREFIX + ".embedding.weight";
  private static final String STACK = PREFIX + ".rnn";
  private static final int NO_WORD = -1;

  private final ParameterLayout layout;
  private final Cores cores;
  private final Cell cell;
  private final int hidden;
  private final Signal output;

  /** (T, B): number of the word, or {@link #NO_WORD} in padding. */
  private final int[] places;

  private List<int[]> words = List.of();
  private CharacterLayers layers;
  private float[] parameters;

  /** (W, 2H): gradient by the words' vectors. */
  private float[] gradient = new float[0];

  /**
   * Declares {@code characters.embedding.weight} (V, E) and the tensors of {@code characters.rnn}.
   *
   * @param vocabulary V, number of characters
   * @param embedding E, size of a character's vector
   * @param hidden H, units of each direction
   */
  public static void declare(
      ParameterLayout.Builder layout, Cell cell, int vocabulary, int embedding, int hidden) {
    Embedding.declare(layout, EMBEDDING, vocabulary, embedding, InitialValues.normal());
    RecurrentLayer.declare(layout, cell, tensors(false), embedding, hidden);
    RecurrentLayer.declare(layout, cell, tensors(true), embedding, hidden);
  }

  private static RecurrentTensors tensors(boolean reverse) {
    return new RecurrentTensors(STACK, 0, reverse);
  }

  /**
   * Allocates what does not grow.
   *
   * @param blueprint of the model that reads the words
   */
  public CharacterWords(Blueprint blueprint, Cell cell) {
    this.layout = blueprint.layout();
    this.cores = blueprint.cores();
    this.cell = cell;
    this.hidden = layout.tensor(tensors(false).recurrentWeight()).columns();
    this.output = blueprint.signal(2 * hidden);
    this.places = new int[blueprint.capacity().rows()];
  }

  /** (T, B, 2H): forward and reversed end of each word; 0 in padding. */
  public Signal output() {
    return output;
  }

  @Override
  public void use(float[] newParameters) {
    parameters = newParameters;
    if (layers != null) {
      layers.use(parameters);
    }
  }

  @Override
  public void forward(Pass pass) {
    find(pass);
    Axis needed = new Axis(words.get(0).length, words.size());
    if (layers == null || !layers.holds(needed)) {
      Axis room = layers == null ? needed : layers.grown(needed);
      layers = new CharacterLayers(room);
      layers.use(parameters);
      gradient = new float[Blueprint.elements(1, room.batch(), output.size())];
    }
    layers.forward(pass.masks());
    Matrix y = output.rows(pass.axis().batch());
    cores.run(
        share -> {
          Range rows = share.rows(pass.axis().rows());
          for (int x = rows.from(); x < rows.to(); x++) {
            if (places[x] == NO_WORD) {
              Arrays.fill(y.values(), y.at(x), y.at(x) + output.size(), 0f);
            } else {
              layers.copyEnds(places[x], y.values(), y.at(x));
            }
          }
        });
  }

  /** Numbers the distinct words, by descending length, then by their first place. */
  private void find(Pass pass) {
    Map<Characters, Integer> numbers = new HashMap<>();
    List<int[]> found = new ArrayList<>();
    Axis axis = pass.axis();
    for (int x = 0; x < axis.rows(); x++) {
      places[x] = NO_WORD;
      if (x / axis.batch() < axis.length(x % axis.batch())) {
        int[] word = pass.words()[x];
        Integer known = numbers.putIfAbsent(new Characters(word), found.size());
        places[x] = known == null ? found.size() : known;
        if (known == null) {
          found.add(word);
        }
      }
    }
    Integer[] order = new Integer[found.size()];
    Arrays.setAll(order, w -> w);
    Arrays.sort(order, Comparator.comparingInt(w -> -found.get(w).length));
    int[] numberOf = new int[order.length];
    words = new ArrayList<>(order.length);
    for (int n = 0; n < order.length; n++) {
      numberOf[order[n]] = n;
      words.add(found.get(order[n]));
    }
    for (int x = 0; x < axis.rows(); x++) {
      places[x] = places[x] == NO_WORD ? NO_WORD : numberOf[places[x]];
    }
  }

  @Override
  public void backward(Pass pass) {
    int size = output.size();
    Matrix dy = output.gradients(pass.axis().batch());
    cores.run(
        share -> {
          Range columns = share.elements(size);
          int from = columns.from();
          for (int w = 0; w < words.size(); w++) {
            Arrays.fill(gradient, w * size + from, w * size + columns.to(), 0f);
          }
          for (int x = 0; x < pass.axis().rows(); x++) {
            if (places[x] != NO_WORD) {
              int to = places[x] * size + from;
              share.kernels().add(columns.size(), dy.values(), dy.at(x) + from, gradient, to);
            }
          }
        });
    layers.backward();
  }

  @Override
  public void accumulate(Pass pass, float[] flat) {
    layers.accumulate(flat);
  }

  /** A word as a key: its characters. */
  private record Characters(int[] ids) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Characters characters && Arrays.equals(ids, characters.ids);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(ids);
    }
  }

  /** The two layers over the characters of some number of words. */
  private final class CharacterLayers {
    private final Blueprint blueprint;
    private final Direction forward;
    private final Direction reversed;

    CharacterLayers(Axis room) {
      int widest = Math.max(hidden, layout.tensor(EMBEDDING).columns());
      this.blueprint = new Blueprint(layout, room, widest, cores);
      this.forward = new Direction(blueprint, cell, false);
      this.reversed = new Direction(blueprint, cell, true);
    }

    boolean holds(Axis needed) {
      return needed.time() <= blueprint.capacity().time()
          && needed.batch() <= blueprint.capacity().batch();
    }

    /** Room for more, with a quarter to spare, so that it seldom grows. */
    Axis grown(Axis needed) {
      Axis room = blueprint.capacity();
      return new Axis(
          Math.max(needed.time(), room.time()),
          needed.batch() <= room.batch() ? room.batch() : needed.batch() + needed.batch() / 4);
    }

    void use(float[] newParameters) {
      blueprint.use(newParameters);
      forward.use(newParameters);
      reversed.use(newParameters);
    }

    void forward(DropoutMasks masks) {
      int[] lengths = words.stream().mapToInt(word -> word.length).toArray();
      Axis axis = new Axis(lengths[0], lengths.length, lengths);
      forward.forward(axis, words, masks);
      reversed.forward(axis, words, masks);
    }

    /** Puts the vector of word w into an array. */
    void copyEnds(int w, float[] values, int at) {
      forward.copyEnd(w, values, at);
      reversed.copyEnd(w, values, at + hidden);
    }

    void backward() {
      blueprint.beginBackward();
      forward.backward(gradient, 0);
      reversed.backward(gradient, hidden);
    }

    void accumulate(float[] flat) {
      forward.accumulate(flat);
      reversed.accumulate(flat);
    }
  }

  /** One of the two layers. */
  private static final class Direction {
    private final boolean reverse;
    private final Embedding embedding;
    private final RecurrentLayer layer;
    private final int[] tokens;
    private Pass pass;

    Direction(Blueprint blueprint, Cell cell, boolean reverse) {
      this.reverse = reverse;
      this.embedding = new Embedding(blueprint, EMBEDDING, true);
      this.layer = RecurrentLayer.fresh(blueprint, cell, tensors(reverse), embedding);
      this.tokens = new int[blueprint.capacity().rows()];
    }

    void use(float[] parameters) {
      embedding.use(parameters);
      layer.use(parameters);
    }

    void forward(Axis axis, List<int[]> words, DropoutMasks masks) {
      Arrays.fill(tokens, 0, axis.rows(), 0);
      for (int w = 0; w < axis.batch(); w++) {
        int[] word = words.get(w);
        for (int c = 0; c < word.length; c++) {
          tokens[c * axis.batch() + w] = word[reverse ? word.length - 1 - c : c];
        }
      }
      pass = new Pass(axis, tokens, new float[0], masks);
      embedding.clear();
      embedding.forward(pass);
      layer.forward(pass);
    }

    private int end(int w) {
      Axis axis = pass.axis();
      return (axis.length(w) - 1) * axis.batch() + w;
    }

    void copyEnd(int w, float[] values, int at) {
      Matrix h = layer.output().rows(pass.axis().batch());
      System.arraycopy(h.values(), h.at(end(w)), values, at, layer.output().size());
    }

    /** Takes some columns of the gradient by the words' vectors. */
    void backward(float[] gradient, int column) {
      Signal h = layer.output();
      Matrix dh = h.gradients(pass.axis().batch());
      h.addsFirst();
      Arrays.fill(dh.values(), dh.at(0), dh.at(pass.axis().rows()), 0f);
      for (int w = 0; w < pass.axis().batch(); w++) {
        System.arraycopy(gradient, w * 2 * h.size() + column, dh.values(), dh.at(end(w)), h.size());
      }
      embedding.beginBackward();
      layer.backward(pass);
    }

    void accumulate(float[] flat) {
      layer.accumulate(pass, flat);
      embedding.accumulate(pass, flat);
    }
  }
}
