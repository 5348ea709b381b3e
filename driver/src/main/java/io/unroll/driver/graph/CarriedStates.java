package io.unroll.driver.graph;

import io.unroll.driver.graph.GraphRuntime.Floats;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The state of a language model, as the worker keeps it and as its graph reads it. */
final class CarriedStates {
  private final LanguageArchitecture model;
  private final int batch;
  private final float[] values;

  /** Zeros. */
  CarriedStates(LanguageArchitecture model, int batch) {
    this.model = model;
    this.batch = batch;
    this.values = new float[model.stateSize() * batch];
  }

  /** (layer, h|c, B, H); to be advanced. */
  float[] values() {
    return values;
  }

  /** h_in, and c_in of LSTMs: [layers, batch, H]; copies. */
  Map<String, Floats> inputs() {
    List<String> names = model.cell() == Cell.LSTM ? List.of("h_in", "c_in") : List.of("h_in");
    int block = batch * model.hidden();
    Map<String, Floats> inputs = new TreeMap<>();
    for (int part = 0; part < names.size(); part++) {
      float[] own = new float[model.layers() * block];
      for (int layer = 0; layer < model.layers(); layer++) {
        int from = (layer * names.size() + part) * block;
        System.arraycopy(values, from, own, layer * block, block);
      }
      inputs.put(names.get(part), new Floats(own, model.layers(), batch, model.hidden()));
    }
    return inputs;
  }
}
