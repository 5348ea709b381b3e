package io.unroll.driver.dl4j;

import io.unroll.driver.dl4j.gru.Gru;
import io.unroll.worker.layer.Cell;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * The recurrent layers that there are on both sides: what else one of Deeplearning4j's must say to
 * be the cell, and where its gates are.
 */
enum RecurrentKind {
  RNN(Cell.RNN, 0) {
    @Override
    boolean describes(Layer layer) {
      return layer.getClass() == SimpleRnn.class;
    }

    @Override
    void check(LayerCheck check, BaseRecurrentLayer layer) {
      boolean normalized = ((SimpleRnn) layer).hasLayerNorm();
      check.require(!normalized, "hasLayerNorm", normalized, "false");
    }

    @Override
    BaseRecurrentLayer.Builder<?> builder() {
      return new SimpleRnn.Builder();
    }
  },

  /**
   * Deeplearning4j calls its blocks i, f, o, g, but the layer's activation is applied to its i and
   * the gates' to its g: in the words of the papers, and ours, they are g, f, o, i.
   */
  LSTM(Cell.LSTM, 3, 1, 0, 2) {
    @Override
    boolean describes(Layer layer) {
      return layer.getClass() == LSTM.class;
    }

    @Override
    void check(LayerCheck check, BaseRecurrentLayer layer) {
      check.requireType(
          "gateActivationFunction",
          ((LSTM) layer).getGateActivationFn(),
          "sigmoid",
          List.of(ActivationSigmoid.class));
    }

    @Override
    BaseRecurrentLayer.Builder<?> builder() {
      return new LSTM.Builder().gateActivationFunction(Activation.SIGMOID);
    }
  },

  GRU(Cell.GRU, 0, 1, 2) {
    @Override
    boolean describes(Layer layer) {
      return layer instanceof Gru gru && gru.reset() == Gru.Reset.BEFORE_PRODUCT;
    }

    @Override
    void check(LayerCheck check, BaseRecurrentLayer layer) {}

    @Override
    BaseRecurrentLayer.Builder<?> builder() {
      return new Gru.Builder().reset(Gru.Reset.BEFORE_PRODUCT);
    }
  },

  /** With two biases, as ours: one of them is within the reset. */
  GRU_RESET_AFTER(Cell.GRU_RESET_AFTER, 0, 1, 2) {
    @Override
    boolean describes(Layer layer) {
      return layer instanceof Gru gru && gru.reset() == Gru.Reset.AFTER_PRODUCT;
    }

    @Override
    void check(LayerCheck check, BaseRecurrentLayer layer) {}

    @Override
    BaseRecurrentLayer.Builder<?> builder() {
      return new Gru.Builder().reset(Gru.Reset.AFTER_PRODUCT);
    }
  };

  private final Cell cell;

  @SuppressWarnings("ImmutableEnumChecker") // never modified, and never given out
  private final int[] blocks;

  RecurrentKind(Cell cell, int... blocks) {
    this.cell = cell;
    this.blocks = blocks;
  }

  /** The kind of a layer, whatever its options are. */
  static Optional<RecurrentKind> of(Layer layer) {
    return List.of(values()).stream().filter(kind -> kind.describes(layer)).findFirst();
  }

  /** The kind of a cell. */
  static RecurrentKind of(Cell cell) {
    return List.of(values()).stream().filter(kind -> kind.cell == cell).findFirst().orElseThrow();
  }

  Cell cell() {
    return cell;
  }

  /** Which block of H columns of Deeplearning4j's weights is our gate k. */
  int block(int gate) {
    return blocks[gate];
  }

  /** Whether the layer has our two biases, not their sum. */
  boolean twoBiases() {
    return this == GRU_RESET_AFTER;
  }

  abstract boolean describes(Layer layer);

  /** Refuses what the layer computes otherwise than the cell, beyond what all layers have. */
  abstract void check(LayerCheck check, BaseRecurrentLayer layer);

  /** A layer that computes what the cell does, but for its activation and sizes. */
  abstract BaseRecurrentLayer.Builder<?> builder();

  /** Refuses what the layer computes otherwise than the cell. */
  void checkAll(LayerCheck check, BaseRecurrentLayer layer) {
    check.requireType("activation", layer.getActivationFn(), "tanh", List.of(ActivationTanH.class));
    check(check, layer);
  }
}
