package io.unroll.worker.layer;

import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Where each tensor lies in the one flat {@code float[]} of a model, and what it holds at first.
 * Modules declare their tensors, in the order of their offsets; names, shapes and gate order are
 * PyTorch's. Optimiser, averaging, checkpoints and export work on the flat array, gradients have
 * the same layout.
 */
public final class ParameterLayout {
  /**
   * One tensor of the flat array, row-major.
   *
   * @param name PyTorch's name, such as {@code rnn.weight_ih_l0}
   * @param offset index of its first element
   * @param rows first dimension
   * @param columns second dimension; 0 for a vector of length rows
   */
  public record Tensor(String name, int offset, int rows, int columns) {
    /** Number of elements. */
    public int size() {
      return columns == 0 ? rows : Math.multiplyExact(rows, columns);
    }
  }

  private final List<Tensor> tensors;
  private final List<InitialValues> initial;
  private final int size;

  private ParameterLayout(Builder builder) {
    this.tensors = List.copyOf(builder.tensors);
    this.initial = List.copyOf(builder.initial);
    this.size = builder.size;
  }

  /** All tensors, in the order of their offsets. */
  public List<Tensor> tensors() {
    return tensors;
  }

  /**
   * The tensor of that name.
   *
   * @throws NoSuchElementException if there is none
   */
  public Tensor tensor(String name) {
    return tensors.stream()
        .filter(tensor -> tensor.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("No tensor " + name));
  }

  /** Number of parameters. */
  public int size() {
    return size;
  }

  /** The parameters that a training begins with, a pure function of layout and seed. */
  public float[] initialParameters(long seed) {
    float[] parameters = new float[size];
    for (int index = 0; index < tensors.size(); index++) {
      Tensor tensor = tensors.get(index);
      RandomStream random = new RandomStream(seed, Purpose.INITIALIZATION, index, 0);
      int from = tensor.offset();
      initial.get(index).fill(random, parameters, from, from + tensor.size());
    }
    return parameters;
  }

  /** Takes the declarations of the modules, one after the other. */
  public static final class Builder {
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<InitialValues> initial = new ArrayList<>();
    private int size;

    /**
     * Declares a matrix.
     *
     * @throws ArithmeticException if the model would have 2^31 parameters or more
     */
    void matrix(String name, int rows, int columns, InitialValues values) {
      add(new Tensor(name, size, rows, columns), values);
    }

    /**
     * Declares a vector.
     *
     * @throws ArithmeticException if the model would have 2^31 parameters or more
     */
    void vector(String name, int length, InitialValues values) {
      add(new Tensor(name, size, length, 0), values);
    }

    private void add(Tensor tensor, InitialValues values) {
      tensors.add(tensor);
      initial.add(values);
      size = Math.addExact(size, tensor.size());
    }

    /** The layout of all that was declared. */
    public ParameterLayout build() {
      return new ParameterLayout(this);
    }
  }
}
