package io.unroll.worker.layer;

import io.unroll.worker.layer.ParameterLayout.Tensor;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Range;
import java.util.List;

/**
 * Drops weights from h to h' for all steps of a window (weight-dropped LSTM: Merity, Keskar and
 * Socher 2018; DropConnect: Wan et al. 2013): U ← m U with a mask m from {@link DropoutMasks}, and
 * d_U ← m d_U. The model uses a copy of the parameters, whose weights it packs once per window as
 * always.
 */
public final class WeightDrop {
  /** Of the first such tensor's mask, far from those of layers and tokens. */
  private static final int CONNECTION = 1 << 22;

  private final double probability;
  private final List<Tensor> weights;

  /** The parameters that are used; then masks, when they have been used. */
  private final float[] dropped;

  /**
   * Allocates it.
   *
   * @param probability of dropping a weight, in [0, 1); 0: it does nothing and takes no memory
   */
  public WeightDrop(ParameterLayout layout, double probability) {
    this.probability = probability;
    this.weights =
        layout.tensors().stream()
            .filter(tensor -> RecurrentTensors.isRecurrentWeight(tensor.name()))
            .toList();
    this.dropped = new float[probability > 0 ? layout.size() : 0];
  }

  /**
   * The parameters that a step is to use.
   *
   * @param parameters stay as they are
   * @return another array, until {@link #mask}, or the same if nothing is dropped
   */
  public float[] drop(Cores cores, DropoutMasks masks, float[] parameters) {
    if (probability == 0 || !masks.active()) {
      return parameters;
    }
    cores.run(
        share -> {
          Range range = share.elements(parameters.length);
          System.arraycopy(parameters, range.from(), dropped, range.from(), range.size());
        });
    drawn(cores, masks);
    multiply(cores, parameters, dropped);
    return dropped;
  }

  /** Makes the gradient by the parameters that were used that by the parameters themselves. */
  public void mask(Cores cores, DropoutMasks masks, float[] gradient) {
    if (probability == 0 || !masks.active()) {
      return;
    }
    drawn(cores, masks);
    multiply(cores, dropped, gradient);
  }

  /** Leaves the masks where the weights were. */
  private void drawn(Cores cores, DropoutMasks masks) {
    for (int w = 0; w < weights.size(); w++) {
      Tensor weight = weights.get(w);
      int connection = CONNECTION + w;
      cores.run(
          share ->
              masks.draw(
                  connection,
                  probability,
                  share.elements(weight.size()),
                  dropped,
                  weight.offset()));
    }
  }

  private void multiply(Cores cores, float[] factors, float[] weightsOf) {
    for (Tensor weight : weights) {
      cores.run(
          share -> {
            Range range = share.elements(weight.size());
            int end = weight.offset() + range.to();
            for (int x = weight.offset() + range.from(); x < end; x++) {
              weightsOf[x] *= factors[x];
            }
          });
    }
  }
}
