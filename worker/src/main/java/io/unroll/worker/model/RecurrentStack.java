package io.unroll.worker.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Recurrent layers one above the other, with dropout after each (Zaremba, Sutskever and Vinyals
 * 2014). The embedding is spared: a character's vector is small, and without it nothing is known.
 */
final class RecurrentStack {
  private final List<RecurrentLayer> layers = new ArrayList<>();

  /** Element l is after layer l. */
  private final List<Dropout> dropouts = new ArrayList<>();

  /** Floats of one layer's state for one sequence. */
  private final int layerState;

  RecurrentStack(Blueprint blueprint, LayerInput input) {
    Architecture architecture = blueprint.architecture();
    this.layerState = architecture.cell().states() * architecture.hidden();
    LayerInput below = input;
    for (int l = 0; l < architecture.layers(); l++) {
      RecurrentLayer layer = RecurrentLayer.of(blueprint, l, below);
      Dropout dropout = new Dropout(blueprint, l, layer.output());
      layers.add(layer);
      dropouts.add(dropout);
      below = dropout.output();
    }
  }

  Signal output() {
    return dropouts.get(layers.size() - 1).output();
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
      layers.get(l).forward(time, batch, state, l * layerState * batch);
      dropouts.get(l).forward(time, batch, masks);
    }
  }

  void backward(int time, int batch, float[] gradient) {
    for (int l = layers.size() - 1; l >= 0; l--) {
      dropouts.get(l).backward(time, batch);
      layers.get(l).backward(time, batch, gradient);
    }
  }
}
