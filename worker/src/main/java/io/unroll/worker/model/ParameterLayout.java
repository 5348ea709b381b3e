package io.unroll.worker.model;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Where each tensor lies in the one flat {@code float[]} of a model: the only list of tensors there
 * is. Names, shapes and gate order are PyTorch's. Optimiser, averaging, checkpoints and export work
 * on the flat array, gradients have the same layout.
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
  private final int size;

  private ParameterLayout(List<Tensor> tensors, int size) {
    this.tensors = List.copyOf(tensors);
    this.size = size;
  }

  /**
   * The layout of an architecture.
   *
   * @throws ArithmeticException if the model has 2^31 parameters or more
   */
  public static ParameterLayout of(Architecture architecture) {
    Builder builder = new Builder();
    int rows = Math.multiplyExact(architecture.cell().gates(), architecture.hidden());
    builder.add("embedding.weight", architecture.vocabulary(), architecture.embedding());
    for (int layer = 0; layer < architecture.layers(); layer++) {
      builder.add("rnn.weight_ih_l" + layer, rows, architecture.inputs(layer));
      builder.add("rnn.weight_hh_l" + layer, rows, architecture.hidden());
      builder.add("rnn.bias_ih_l" + layer, rows, 0);
      builder.add("rnn.bias_hh_l" + layer, rows, 0);
    }
    if (!architecture.tieWeights()) {
      builder.add("output.weight", architecture.vocabulary(), architecture.hidden());
    }
    builder.add("output.bias", architecture.vocabulary(), 0);
    return new ParameterLayout(builder.tensors, builder.size);
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

  private static final class Builder {
    private final List<Tensor> tensors = new ArrayList<>();
    private int size;

    void add(String name, int rows, int columns) {
      Tensor tensor = new Tensor(name, size, rows, columns);
      tensors.add(tensor);
      size = Math.addExact(size, tensor.size());
    }
  }
}
