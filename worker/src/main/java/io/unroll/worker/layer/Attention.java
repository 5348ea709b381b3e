package io.unroll.worker.layer;

import io.unroll.worker.math.Functions;
import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
import io.unroll.worker.parallel.Range;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;

/**
 * Additive attention over a memory (Bahdanau, Cho and Bengio 2015, appendix A.1.2), by the state h'
 * before a step:
 *
 * <pre>
 * e(s) = v · tanh(W_q h' + k(s))
 * α = softmax(e) over the steps s that the source has
 * c = β Σ_s α(s) m(s)                     β 1, or what a gate lets through
 * </pre>
 *
 * <p>A recurrent layer runs it within its steps. Every sequence is computed by itself, its sums in
 * the order of the source's steps, so that neither the batch nor the number of cores changes a bit.
 *
 * <p>Letters: T steps, B sequences, S steps of the source, H units of the state, A of the energies,
 * M numbers of a step of the memory.
 */
public final class Attention implements LayerInput {
  /** W_q (A, H). */
  public static final String QUERY = "attention.query.weight";

  /** v (A). */
  public static final String ENERGY = "attention.energy";

  private final Signal keys;
  private final Signal memory;
  private final Weight query;
  private final int energy;
  private final int size;

  /** (T, B, M): c of each step. */
  private final Signal context;

  /** (T, B, A): W_q h', then the gradient by it. */
  private final float[] queries;

  /** (T, B, A): what each step adds to the gradient by v. */
  private final float[] energies;

  /** (T, B, S): α. */
  private final float[] weights;

  private final Optional<ContextGate> gate;
  private final Optional<Coverage> coverage;
  private final int longest;
  private final float[] zeros;
  private final Blueprint blueprint;
  private float[] parameters;

  /**
   * What attention has beside its energies.
   *
   * @param gated whether a gate scales what was found (Xu et al. 2015, section 4.2.1)
   * @param coverage λ, how much training wants every step of the source looked at once (Xu et al.
   *     2015, equation 14); 0: not at all
   */
  public record Options(boolean gated, double coverage) implements Serializable {
    /** Bahdanau's. */
    public static final Options NONE = new Options(false, 0);
  }

  /**
   * Declares {@code attention.query.weight} (A, H) and {@code attention.energy} (A), and the gate's
   * tensors where there is one.
   *
   * @param hidden H
   * @param size A
   */
  public static void declare(
      ParameterLayout.Builder layout, int hidden, int size, Options options) {
    layout.matrix(QUERY, size, hidden, InitialValues.uniform(1 / Math.sqrt(hidden)));
    layout.vector(ENERGY, size, InitialValues.uniform(1 / Math.sqrt(size)));
    if (options.gated()) {
      ContextGate.declare(layout, hidden);
    }
  }

  /**
   * Allocates it.
   *
   * @param blueprint of those who attend
   * @param keys k (S, B, A)
   * @param memory m (S, B, M)
   * @param options those that were declared
   */
  public Attention(Blueprint blueprint, Signal keys, Signal memory, Options options) {
    this.blueprint = blueprint;
    this.keys = keys;
    this.memory = memory;
    this.query = blueprint.weight(QUERY);
    this.energy = blueprint.layout().tensor(ENERGY).offset();
    this.size = keys.size();
    this.context = blueprint.signal(memory.size());
    this.queries = blueprint.buffer(size);
    this.energies = blueprint.buffer(size);
    this.zeros = new float[size];
    this.longest = memory.capacity().time();
    this.weights = blueprint.buffer(longest);
    this.gate = options.gated() ? Optional.of(new ContextGate(blueprint)) : Optional.empty();
    this.coverage =
        options.coverage() > 0
            ? Optional.of(new Coverage(blueprint, options.coverage(), context.capacity(), longest))
            : Optional.empty();
  }

  @Override
  public int size() {
    return memory.size();
  }

  /** c (T, B, M). */
  public Signal context() {
    return context;
  }

  /**
   * Copies α of a step.
   *
   * @param row t·B + b
   * @param steps S of that sequence
   * @param result receives them from an index on
   */
  public void copyWeights(int row, int steps, float[] result, int at) {
    System.arraycopy(weights, row * longest, result, at, steps);
  }

  void use(float[] newParameters) {
    parameters = newParameters;
    gate.ifPresent(own -> own.use(newParameters));
  }

  /**
   * Writes c of a step.
   *
   * @param sequences that are done
   * @param h h' of the first of them
   */
  void forward(Kernels kernels, Pass pass, int step, Range sequences, Matrix h) {
    int first = step * pass.axis().batch() + sequences.from();
    Matrix q = Matrix.of(queries, size).from(first);
    query.product(kernels, sequences.size(), h, zeros, q);
    Energies found = new Energies();
    for (int b = sequences.from(); b < sequences.to(); b++) {
      int row = step * pass.axis().batch() + b;
      int source = pass.sources().of(b);
      int steps = pass.sources().axis().length(source);
      found.compute(kernels, pass.sources().axis(), source, row);
      softmax(kernels, row, steps, found);
      Matrix state = h.from(b - sequences.from());
      float open = gate.isPresent() ? gate.get().open(kernels, row, state) : 1f;
      sum(kernels, new Found(row, steps, source), open, pass);
    }
  }

  /** tanh(W_q h' + k(s)) of one sequence for all steps of its source. */
  private final class Energies {
    private final float[] values = new float[longest * size];

    void compute(Kernels kernels, Axis axis, int source, int row) {
      Matrix k = keys.rows(axis.batch());
      int steps = axis.length(source);
      for (int s = 0; s < steps; s++) {
        int from = k.at(s * axis.batch() + source);
        System.arraycopy(k.values(), from, values, s * size, size);
        kernels.add(size, queries, row * size, values, s * size);
      }
      Matrix all = Matrix.of(values, size);
      kernels.rnnForward(steps, 0, size, all, all);
    }
  }

  private void softmax(Kernels kernels, int row, int steps, Energies found) {
    int at = row * longest;
    float largest = Float.NEGATIVE_INFINITY;
    for (int s = 0; s < steps; s++) {
      weights[at + s] = kernels.dot(size, found.values, s * size, parameters, energy);
      largest = Math.max(largest, weights[at + s]);
    }
    float sum = 0;
    for (int s = 0; s < steps; s++) {
      weights[at + s] = Functions.exp(weights[at + s] - largest);
      sum += weights[at + s];
    }
    for (int s = 0; s < steps; s++) {
      weights[at + s] /= sum;
    }
  }

  /** Where the weights of a row are, and what they are of. */
  private record Found(int row, int steps, int source) {}

  private void sum(Kernels kernels, Found found, float open, Pass pass) {
    int batch = pass.sources().axis().batch();
    Matrix m = memory.rows(batch);
    Matrix c = context.rows(pass.axis().batch()).from(found.row());
    Arrays.fill(c.values(), c.at(0), c.at(0) + memory.size(), 0f);
    for (int s = 0; s < found.steps(); s++) {
      float weight = open * weights[found.row() * longest + s];
      int from = m.at(s * batch + found.source());
      kernels.addMultiple(memory.size(), weight, m.values(), from, c.values(), c.at(0));
    }
  }

  /** Before the steps backward: the gradients that the steps add to. */
  void beginBackward(Pass pass) {
    clear(context, pass.axis());
    clear(memory, pass.sources().axis());
    clear(keys, pass.sources().axis());
    coverage.ifPresent(own -> own.measure(pass, weights));
  }

  private void clear(Signal signal, Axis axis) {
    if (!signal.addsFirst()) {
      return;
    }
    int begin = signal.offset(0, axis.batch());
    blueprint
        .cores()
        .run(
            share -> {
              Range part = share.elements(axis.rows() * signal.size());
              Arrays.fill(signal.gradient(), begin + part.from(), begin + part.to(), 0f);
            });
  }

  /**
   * One step backward: from the gradient by c to those by h', the memory and its keys.
   *
   * @param dh gradient by h' of the first of the sequences; added to
   * @param starts whether h' is from before the window and wants no gradient
   */
  void backward(Kernels kernels, Pass pass, int step, Range sequences, Matrix dh, boolean starts) {
    Axis source = pass.sources().axis();
    Energies found = new Energies();
    float[] change = new float[longest];
    for (int b = sequences.from(); b < sequences.to(); b++) {
      int row = step * pass.axis().batch() + b;
      found.compute(kernels, source, b, row);
      backwardSum(kernels, step, b, pass, change);
      backwardEnergies(kernels, row, b, source, found, change);
      if (gate.isPresent() && !starts) {
        gate.get().addStateGradient(kernels, row, dh.from(b - sequences.from()));
      }
    }
    if (!starts) {
      Matrix dq = Matrix.of(queries, size).from(step * pass.axis().batch() + sequences.from());
      query.addInputGradient(kernels, sequences.size(), dq, dh);
    }
  }

  /** Through the gate, the sum and the softmax: leaves the gradient by e. */
  private void backwardSum(Kernels kernels, int step, int b, Pass pass, float[] change) {
    Axis source = pass.sources().axis();
    int steps = source.length(b);
    int row = step * pass.axis().batch() + b;
    Matrix m = memory.rows(source.batch());
    Matrix dm = memory.gradients(source.batch());
    Matrix dc = context.gradients(pass.axis().batch()).from(row);
    float open = gate.isPresent() ? gate.get().value(row) : 1f;
    for (int s = 0; s < steps; s++) {
      int of = s * source.batch() + b;
      change[s] = kernels.dot(memory.size(), dc.values(), dc.at(0), m.values(), m.at(of));
      float weight = open * weights[row * longest + s];
      kernels.addMultiple(memory.size(), weight, dc.values(), dc.at(0), dm.values(), dm.at(of));
    }
    if (gate.isPresent()) {
      gate.get().backward(row, mean(row, steps, change));
      for (int s = 0; s < steps; s++) {
        change[s] *= open;
      }
    }
    coverage.ifPresent(own -> own.add(pass, step, b, change));
    float mean = mean(row, steps, change);
    for (int s = 0; s < steps; s++) {
      change[s] = weights[row * longest + s] * (change[s] - mean);
    }
  }

  /** Σ_s α(s) x(s). */
  private float mean(int row, int steps, float[] values) {
    float mean = 0;
    for (int s = 0; s < steps; s++) {
      mean = Math.fma(weights[row * longest + s], values[s], mean);
    }
    return mean;
  }

  /** Through v and tanh: by k, by v, and by the query, which is overwritten. */
  private void backwardEnergies(
      Kernels kernels, int row, int b, Axis source, Energies found, float[] change) {
    Matrix dk = keys.gradients(source.batch());
    int at = row * size;
    Arrays.fill(queries, at, at + size, 0f);
    Arrays.fill(energies, at, at + size, 0f);
    Matrix u = Matrix.of(found.values, size);
    Matrix v = Matrix.of(parameters, energy, size);
    Matrix dv = Matrix.of(energies, at, size);
    Matrix dq = Matrix.of(queries, at, size);
    for (int s = 0; s < source.length(b); s++) {
      Matrix k = dk.from(s * source.batch() + b);
      kernels.energyBackward(size, change[s], u.from(s), v, dv, dq, k);
    }
  }

  /**
   * Adds to the gradients by W_q and v, after all steps.
   *
   * @param h (T, B, H): h' of all steps
   */
  void accumulate(Pass pass, Matrix h, float[] gradient) {
    int rows = pass.axis().rows();
    query.accumulate(rows, Matrix.of(queries, size), h, gradient);
    gate.ifPresent(own -> own.accumulate(rows, h, gradient));
    blueprint
        .cores()
        .run(
            share -> {
              Range columns = share.elements(size);
              share
                  .kernels()
                  .addColumnSums(
                      rows, size, columns.from(), columns.to(), energies, gradient, energy);
            });
  }
}
