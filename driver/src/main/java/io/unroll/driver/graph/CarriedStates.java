package io.unroll.driver.graph;

import io.unroll.driver.graph.GraphRuntime.Floats;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.Stack;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The state of a stack of layers, as the worker keeps it and as its graph reads it. */
final class CarriedStates {
  private final Stack stack;
  private final int batch;
  private final float[] values;

  /** Zeros. */
  CarriedStates(Stack stack, int batch) {
    this.stack = stack;
    this.batch = batch;
    this.values = new float[stack.stateSize() * batch];
  }

  int layers() {
    return stack.layers();
  }

  /** (layer, h|c, B, H); to be advanced. */
  float[] values() {
    return values;
  }

  /** h_in, and c_in of LSTMs: [layers, batch, H]; copies. */
  Map<String, Floats> inputs() {
    List<String> names = stack.cell() == Cell.LSTM ? List.of("h_in", "c_in") : List.of("h_in");
    int block = batch * stack.hidden();
    Map<String, Floats> inputs = new TreeMap<>();
    for (int part = 0; part < names.size(); part++) {
      float[] own = new float[stack.layers() * block];
      for (int layer = 0; layer < stack.layers(); layer++) {
        int from = (layer * names.size() + part) * block;
        System.arraycopy(values, from, own, layer * block, block);
      }
      inputs.put(names.get(part), new Floats(own, stack.layers(), batch, stack.hidden()));
    }
    return inputs;
  }
}
