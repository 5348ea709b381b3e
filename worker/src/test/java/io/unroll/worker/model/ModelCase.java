package io.unroll.worker.model;

import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.WordDropout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One model to be checked, small enough for finite differences of every parameter. */
record ModelCase(
    Cell cell,
    int layers,
    Dropouts dropout,
    boolean masked,
    boolean tied,
    boolean carried,
    Connections connections) {
  static final int TIME = 3;
  static final int BATCH = 2;
  private static final int VOCABULARY = 5;
  private static final int HIDDEN = 4;
  private static final int UNTIED_EMBEDDING = 3;
  private static final Dropouts ZAREMBA = Dropouts.ofLayers(0.25);

  /** Of the input, of layers, and of tokens; the last two cases differ in the steps. */
  private static final List<Dropouts> OTHERS =
      List.of(
          new Dropouts(0.25, 0, false, 0.5, 0, WordDropout.NONE),
          new Dropouts(0, 0.25, true, 0.5, 0, WordDropout.NONE),
          new Dropouts(0.25, 0.5, true, 0, 0, WordDropout.NONE));

  /**
   * Every cell, one to three layers, and all combinations of the four switches; and several layers
   * that are connected otherwise, or drop something else.
   */
  static List<ModelCase> all() {
    List<ModelCase> cases = new ArrayList<>();
    for (Cell cell : Cell.values()) {
      for (int layers = 1; layers <= 3; layers++) {
        for (int bits = 0; bits < 16; bits++) {
          cases.add(
              new ModelCase(
                  cell,
                  layers,
                  (bits & 1) > 0 ? ZAREMBA : Dropouts.NONE,
                  (bits & 2) > 0,
                  (bits & 4) > 0,
                  (bits & 8) > 0,
                  Connections.PLAIN));
        }
        if (layers > 1) {
          Dropouts dropout = layers == 3 ? ZAREMBA : Dropouts.NONE;
          cases.add(new ModelCase(cell, layers, dropout, true, true, true, Connections.RESIDUAL));
          cases.add(new ModelCase(cell, layers, dropout, true, false, true, Connections.SKIP));
          for (Dropouts other : OTHERS) {
            boolean tied = layers == 3;
            Connections connections = tied ? Connections.RESIDUAL : Connections.SKIP;
            cases.add(new ModelCase(cell, layers, other, true, tied, true, Connections.PLAIN));
            cases.add(new ModelCase(cell, layers, other, true, tied, true, connections));
          }
        }
      }
    }
    return cases;
  }

  LanguageArchitecture architecture() {
    return new LanguageArchitecture(
        cell,
        VOCABULARY,
        tied ? HIDDEN : UNTIED_EMBEDDING,
        HIDDEN,
        layers,
        dropout,
        tied,
        connections);
  }

  DropoutMasks masks() {
    return dropout.any() ? new DropoutMasks(11, 3, 5) : DropoutMasks.NONE;
  }

  float[] parameters() {
    return normal(LanguageModel.layout(architecture()).size(), 0.6, 1);
  }

  /** Garbage that a fresh window has to clear, or what a carried window goes on from. */
  float[] state() {
    return normal(architecture().stateSize() * BATCH, 0.5, 2);
  }

  Window window() {
    Window window = randomWindow(TIME, BATCH, VOCABULARY, !carried, 3);
    if (masked) {
      window.weights()[1] = 0;
      window.weights()[TIME * BATCH - 1] = 0;
    }
    return window;
  }

  static Window randomWindow(int time, int batch, int vocabulary, boolean fresh, long seed) {
    Random random = new Random(seed);
    Window window = new Window(time, batch);
    window.begin(time, batch, fresh);
    for (int x = 0; x < time * batch; x++) {
      window.inputs()[x] = random.nextInt(vocabulary);
      window.targets()[x] = random.nextInt(vocabulary);
    }
    return window;
  }

  static float[] normal(int size, double scale, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int x = 0; x < size; x++) {
      values[x] = (float) (random.nextGaussian() * scale);
    }
    return values;
  }

  static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    for (int x = 0; x < values.length; x++) {
      result[x] = values[x];
    }
    return result;
  }
}
