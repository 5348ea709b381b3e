package io.unroll.worker.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Recurrent layers one above the other, with dropout before the first, between two, and after the
 * last (Zaremba, Sutskever and Vinyals 2014).
 */
final class RecurrentStack {
  private final List<RecurrentLayer> layers = new ArrayList<>();

  /** One more than layers: element l is before layer l. */
  private final List<Dropout> dropouts = new ArrayList<>();

  /** Floats of one layer's state for one sequence. */
  private final int layerState;

  RecurrentStack(Blueprint blueprint, Signal input) {
    Architecture architecture = blueprint.architecture();
    this.layerState = architecture.cell().states() * architecture.hidden();
    dropouts.add(new Dropout(blueprint, 0, input));
    for (int l = 0; l < architecture.layers(); l++) {
      RecurrentLayer layer = RecurrentLayer.of(blueprint, l, dropouts.get(l).output());
      layers.add(layer);
      dropouts.add(new Dropout(blueprint, l + 1, layer.output()));
    }
  }

  Signal output() {
    return dropouts.get(layers.size()).output();
  }

  void use(float[] parameters) {
    for (RecurrentLayer layer : layers) {
      layer.use(parameters);
    }
  }

  /**
   * @param state (layer, h|c, B, H); advanced to the end of the window
   */
  void forward(int time, int batch, float[] state, DropoutMasks masks) {
    for (int l = 0; l < layers.size(); l++) {
      dropouts.get(l).forward(time, batch, masks);
      layers.get(l).forward(time, batch, state, l * layerState * batch);
    }
    dropouts.get(layers.size()).forward(time, batch, masks);
  }

  void backward(int time, int batch, float[] gradient) {
    dropouts.get(layers.size()).backward(time, batch);
    for (int l = layers.size() - 1; l >= 0; l--) {
      layers.get(l).backward(time, batch, gradient);
      dropouts.get(l).backward(time, batch);
    }
  }
}
