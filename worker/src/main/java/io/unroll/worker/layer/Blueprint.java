package io.unroll.worker.layer;

import io.unroll.worker.layer.ParameterLayout.Tensor;
import io.unroll.worker.math.PackedMatrix;
import io.unroll.worker.parallel.Cores;
import java.util.ArrayList;
import java.util.List;

/**
 * What the modules of one model are built from: where their parameters lie, their capacity, and
 * what they share. It knows every signal and every weight that was built with it.
 */
public final class Blueprint {
  private final ParameterLayout layout;
  private final Axis capacity;
  private final Cores cores;

  /** Right operand of the products for weight gradients, repacked by each of them. */
  private final PackedMatrix workspace;

  private final List<Signal> signals = new ArrayList<>();
  private final List<Weight> weights = new ArrayList<>();
  private boolean packedForBackward;

  /**
   * A blueprint without modules.
   *
   * @param capacity most steps and sequences
   * @param widest most columns of a weight
   */
  public Blueprint(ParameterLayout layout, Axis capacity, int widest, Cores cores) {
    this.layout = layout;
    this.capacity = capacity;
    this.cores = cores;
    this.workspace = cores.kernels().packed(elements(capacity.time(), capacity.batch(), 1), widest);
  }

  /** Where the parameters lie. */
  public ParameterLayout layout() {
    return layout;
  }

  /** Most steps and sequences. */
  public Axis capacity() {
    return capacity;
  }

  Cores cores() {
    return cores;
  }

  /** A product of sizes, refused if no array could hold it. */
  static int elements(int time, int batch, int size) {
    return Math.multiplyExact(Math.multiplyExact(time, batch), size);
  }

  /** A buffer of (T, B, size). */
  float[] buffer(int size) {
    return new float[elements(capacity.time(), capacity.batch(), size)];
  }

  Signal signal(int size) {
    return signal(capacity, size);
  }

  /** A signal of other steps and sequences than the window's. */
  Signal signal(Axis axis, int size) {
    Signal signal = new Signal(axis, size);
    signals.add(signal);
    return signal;
  }

  Weight weight(String tensor) {
    return weight(tensor, 0, layout.tensor(tensor).rows());
  }

  /** Some rows of a weight only. */
  Weight weight(String tensor, int firstRow, int rows) {
    Tensor all = layout.tensor(tensor);
    return weight(all.offset() + firstRow * all.columns(), rows, all.columns(), all.columns());
  }

  /** Some columns of a weight only. */
  Weight columns(String tensor, int first, int columns) {
    Tensor all = layout.tensor(tensor);
    return weight(all.offset() + first, all.rows(), columns, all.columns());
  }

  private Weight weight(int offset, int rows, int columns, int stride) {
    Weight weight = new Weight(offset, rows, columns, stride, cores, workspace);
    weights.add(weight);
    return weight;
  }

  Linear linear(String weight, String... biases) {
    return linear(weight(weight), biases);
  }

  Linear linear(Weight weight, String... biases) {
    return new Linear(weight, new Bias(layout, biases), cores);
  }

  /** Packs all weights for the forward pass. */
  public void use(float[] parameters) {
    weights.forEach(weight -> weight.use(parameters));
    cores.run(share -> weights.forEach(weight -> weight.packForForward(share)));
    packedForBackward = false;
  }

  /** Packs all weights for the backward pass, unless they are, and sets all gradients to 0. */
  public void beginBackward() {
    if (!packedForBackward) {
      weights.forEach(Weight::beginBackward);
      cores.run(share -> weights.forEach(weight -> weight.packForBackward(share)));
      packedForBackward = true;
    }
    signals.forEach(Signal::clearGradient);
  }
}
