package io.unroll.worker.model;

import io.unroll.worker.layer.Blueprint;
import io.unroll.worker.layer.Embedding;
import io.unroll.worker.layer.Join;
import io.unroll.worker.layer.LayerInput;
import io.unroll.worker.layer.Lookup;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.RecurrentLayer;
import io.unroll.worker.layer.RecurrentTensors;
import io.unroll.worker.layer.Reversal;
import io.unroll.worker.layer.Signal;
import io.unroll.worker.layer.Sum;
import java.util.ArrayList;
import java.util.List;

/** Builds the modules of a {@link Stack}, level by level. */
final class StackModules {
  private final Network network;
  private final Blueprint blueprint;
  private final Stack stack;
  private final Dropouts dropout;
  private final String prefix;
  private final boolean carried;

  /**
   * @param network receives the modules
   * @param prefix of the layers' tensors
   * @param dropout after each level
   * @param carried whether the state goes on from window to window
   */
  StackModules(Network network, String prefix, Stack stack, Dropouts dropout, boolean carried) {
    this.network = network;
    this.prefix = prefix;
    this.blueprint = network.blueprint();
    this.stack = stack;
    this.dropout = dropout;
    this.carried = carried;
  }

  /** Declares the tensors of all layers. */
  static void declare(ParameterLayout.Builder layout, String prefix, Stack stack, int inputs) {
    for (int level = 0; level < stack.layers(); level++) {
      for (boolean reverse : directions(stack)) {
        RecurrentLayer.declare(
            layout,
            stack.cell(),
            new RecurrentTensors(prefix, level, reverse),
            stack.inputs(level, inputs),
            stack.hidden());
      }
    }
  }

  private static boolean[] directions(Stack stack) {
    return stack.bidirectional() ? new boolean[] {false, true} : new boolean[] {false};
  }

  /** Builds all levels; returns what the stack says. */
  Signal build(LayerInput input) {
    List<Join.Part> levels = new ArrayList<>();
    boolean skips = stack.connections() == Connections.SKIP && stack.layers() > 1;
    Signal skipped = skips ? signal(input) : null;
    LayerInput below = input;
    for (int level = 0; level < stack.layers(); level++) {
      LayerInput read = level > 0 && skips ? join((Signal) below, skipped) : below;
      Signal said = dropped(level, level(level, read));
      boolean residual = stack.connections() == Connections.RESIDUAL && level > 0;
      below = residual ? sum(said, (Signal) below) : said;
      levels.add(Join.Part.of((Signal) below));
    }
    return skips ? network.add(new Join(blueprint, levels)).output() : (Signal) below;
  }

  /** The input step by step. */
  private Signal signal(LayerInput input) {
    if (input instanceof Embedding embedding) {
      return network.add(new Lookup(blueprint, embedding)).output();
    }
    return (Signal) input;
  }

  private Signal level(int level, LayerInput input) {
    Signal forward = layer(level, false, input);
    if (!stack.bidirectional()) {
      return forward;
    }
    Reversal reversal = network.add(new Reversal(blueprint, signal(input)));
    Signal backward = layer(level, true, reversal.output());
    return network
        .add(new Join(blueprint, List.of(Join.Part.of(forward), Join.Part.reversed(backward))))
        .output();
  }

  private Signal layer(int level, boolean reverse, LayerInput input) {
    RecurrentTensors tensors = new RecurrentTensors(prefix, level, reverse);
    RecurrentLayer layer =
        carried
            ? RecurrentLayer.carried(blueprint, stack.cell(), tensors, input)
            : RecurrentLayer.fresh(blueprint, stack.cell(), tensors, input);
    return network.add(layer).output();
  }

  private Signal dropped(int connection, Signal signal) {
    if (dropout.layers() == 0) {
      return signal;
    }
    return network.add(dropout.module(blueprint, connection, dropout.layers(), signal)).output();
  }

  private Signal join(Signal first, Signal second) {
    return network
        .add(new Join(blueprint, List.of(Join.Part.of(first), Join.Part.of(second))))
        .output();
  }

  private Signal sum(Signal first, Signal second) {
    return network.add(new Sum(blueprint, first, second)).output();
  }
}
