package io.unroll.worker.model;

import io.unroll.worker.layer.Cell;
import java.io.Serializable;
import java.util.Locale;

/**
 * The recurrent layers of a model.
 *
 * @param cell of every layer
 * @param hidden H, units of a layer, in each direction
 * @param layers L
 * @param bidirectional whether each level has a second layer that reads from the end
 * @param connections how the layers read each other
 */
public record Stack(
    Cell cell, int hidden, int layers, boolean bidirectional, Connections connections)
    implements Serializable {
  public Stack {
    atLeastOne("hidden", hidden);
    atLeastOne("layers", layers);
  }

  /**
   * Checks a size.
   *
   * @param name of its setting
   * @throws IllegalArgumentException if it is below 1
   */
  static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid model.%s: %d (expected at least 1)", name, value));
    }
  }

  /** Numbers that a level says of a step: H for each direction. */
  public int width() {
    return bidirectional ? Math.multiplyExact(2, hidden) : hidden;
  }

  /**
   * Numbers that a level reads of a step.
   *
   * @param level from 0
   * @param inputs D, numbers of the stack's input
   */
  public int inputs(int level, int inputs) {
    if (level == 0) {
      return inputs;
    }
    return connections == Connections.SKIP ? Math.addExact(width(), inputs) : width();
  }

  /** Most numbers that a layer reads, or that one says. */
  int widest(int inputs) {
    int widest = Math.max(hidden, inputs);
    for (int level = 0; level < layers; level++) {
      widest = Math.max(widest, inputs(level, inputs));
    }
    return Math.max(widest, outputs());
  }

  /** Numbers that the stack says of a step. */
  public int outputs() {
    return connections == Connections.SKIP ? Math.multiplyExact(layers, width()) : width();
  }

  /** Floats of the state of one sequence, which reads forward: layers × states × H. */
  public int stateSize() {
    return layers * cell.states() * hidden;
  }
}
