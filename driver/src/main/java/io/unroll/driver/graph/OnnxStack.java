package io.unroll.driver.graph;

import io.unroll.driver.graph.OnnxGraph.Attribute;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.RecurrentTensors;
import io.unroll.worker.model.Connections;
import io.unroll.worker.model.Stack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The nodes of a stack of recurrent layers: what {@code StackModules} builds of the worker's
 * modules. Values are [time, batch, numbers].
 */
final class OnnxStack {
  /** Of an optional input that is left out. */
  private static final String NONE = "";

  private final OnnxGraph graph;
  private final OnnxTensors tensors;
  private final String prefix;
  private final Stack stack;
  private final List<String> ends = new ArrayList<>();
  private final List<String> cellEnds = new ArrayList<>();

  /**
   * @param prefix of the layers' tensors
   */
  OnnxStack(OnnxGraph graph, OnnxTensors tensors, String prefix, Stack stack) {
    this.graph = graph;
    this.tensors = tensors;
    this.prefix = prefix;
    this.stack = stack;
  }

  /**
   * What the layers begin from.
   *
   * @param lengths of the sequences, [batch]; empty where all are as long as the input
   * @param h [layers, batch, H]; empty for zeros
   * @param c likewise, of LSTMs
   */
  record Begin(String lengths, String h, String c) {
    static Begin zeros(String lengths) {
      return new Begin(lengths, NONE, NONE);
    }

    static Begin carried(String h, String c) {
      return new Begin(NONE, h, c);
    }
  }

  /** Adds all layers; returns what the stack says. */
  String build(String input, Begin begin) {
    boolean skips = stack.connections() == Connections.SKIP && stack.layers() > 1;
    List<String> levels = new ArrayList<>();
    String below = input;
    for (int level = 0; level < stack.layers(); level++) {
      String read = level > 0 && skips ? joined(List.of(below, input), -1) : below;
      String said = level(level, read, begin);
      boolean residual = stack.connections() == Connections.RESIDUAL && level > 0;
      below = residual ? graph.node("Add", List.of(said, below)) : said;
      levels.add(below);
    }
    return skips ? joined(levels, -1) : below;
  }

  /** h after the last step, [layers, batch, H]. */
  String h() {
    return joined(ends, 0);
  }

  /** c after the last step. */
  String c() {
    return joined(cellEnds, 0);
  }

  private String joined(List<String> parts, int axis) {
    return parts.size() == 1
        ? parts.get(0)
        : graph.node("Concat", parts, Attribute.of("axis", axis));
  }

  private String level(int level, String input, Begin begin) {
    Cell cell = stack.cell();
    int inputs = tensors.shape(tensors(level, false).inputWeight()).columns();
    long directions = stack.bidirectional() ? 2 : 1;
    long rows = (long) cell.gates() * stack.hidden();
    List<String> read = new ArrayList<>();
    read.add(input);
    read.add(weight(level, "W", tensors::inputWeight, directions, rows, inputs));
    read.add(weight(level, "R", tensors::recurrentWeight, directions, rows, stack.hidden()));
    read.add(weight(level, "B", tensors::biases, directions, 2 * rows));
    read.add(begin.lengths());
    read.add(first(begin.h(), level));
    if (cell == Cell.LSTM) {
      read.add(first(begin.c(), level));
    }
    List<String> found = graph.nodes(operator(cell), read, 1 + cell.states(), attributes());
    ends.add(found.get(1));
    if (cell == Cell.LSTM) {
      cellEnds.add(found.get(2));
    }
    return steps(found.get(0));
  }

  private RecurrentTensors tensors(int level, boolean reverse) {
    return new RecurrentTensors(prefix, level, reverse);
  }

  private interface Gates {
    float[] of(Cell cell, RecurrentTensors tensors);
  }

  /** A tensor of both directions, one after the other. */
  private String weight(int level, String kind, Gates gates, long... shape) {
    float[] forward = gates.of(stack.cell(), tensors(level, false));
    float[] values = forward;
    if (stack.bidirectional()) {
      float[] backward = gates.of(stack.cell(), tensors(level, true));
      values = Arrays.copyOf(forward, 2 * forward.length);
      System.arraycopy(backward, 0, values, forward.length, backward.length);
    }
    return graph.floats("%s.%s_l%s".formatted(prefix, kind, level), values, shape);
  }

  /** The part of a state that a layer begins from. */
  private String first(String state, int level) {
    if (state.isEmpty() || stack.layers() == 1) {
      return state;
    }
    return graph.node(
        "Slice",
        List.of(state, graph.integers(level), graph.integers(level + 1L), graph.integers(0)));
  }

  private static String operator(Cell cell) {
    return switch (cell) {
      case RNN -> "RNN";
      case LSTM -> "LSTM";
      case GRU, GRU_RESET_AFTER -> "GRU";
    };
  }

  private Attribute[] attributes() {
    List<Attribute> attributes = new ArrayList<>();
    attributes.add(Attribute.of("hidden_size", stack.hidden()));
    attributes.add(Attribute.of("direction", stack.bidirectional() ? "bidirectional" : "forward"));
    if (stack.cell() == Cell.GRU || stack.cell() == Cell.GRU_RESET_AFTER) {
      attributes.add(
          Attribute.of("linear_before_reset", stack.cell() == Cell.GRU_RESET_AFTER ? 1 : 0));
    }
    return attributes.toArray(Attribute[]::new);
  }

  /** From [time, directions, batch, H] to [time, batch, directions · H]. */
  private String steps(String said) {
    if (!stack.bidirectional()) {
      return graph.node("Squeeze", List.of(said, graph.integers(1)));
    }
    String turned = graph.node("Transpose", List.of(said), Attribute.list("perm", 0, 2, 1, 3));
    return graph.node("Reshape", List.of(turned, graph.integers(0, 0, stack.width())));
  }

  boolean isBidirectional() {
    return stack.bidirectional();
  }

  /** Columns of what the stack says that come from a layer that reads in the order of time. */
  boolean[] readForward() {
    boolean[] forward = new boolean[stack.outputs()];
    IntStream.range(0, forward.length)
        .forEach(column -> forward[column] = column % stack.width() < stack.hidden());
    return forward;
  }
}
