package io.unroll.worker.layer;

import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Range;

/** y = x1 + x2: a residual connection (He et al. 2016; in recurrent stacks Wu et al. 2016). */
public final class Sum implements Module {
  private final Cores cores;
  private final Signal first;
  private final Signal second;
  private final Signal output;

  /**
   * Allocates it.
   *
   * @throws IllegalArgumentException if the two are not of the same size
   */
  public Sum(Blueprint blueprint, Signal first, Signal second) {
    if (first.size() != second.size()) {
      throw new IllegalArgumentException(
          "Cannot add signals of %s and %s numbers".formatted(first.size(), second.size()));
    }
    this.cores = blueprint.cores();
    this.first = first;
    this.second = second;
    this.output = blueprint.signal(first.size());
  }

  /** y. */
  public Signal output() {
    return output;
  }

  @Override
  public void use(float[] parameters) {}

  @Override
  public void forward(Pass pass) {
    int begin = output.offset(0, pass.axis().batch());
    cores.run(
        share -> {
          Range range = share.elements(pass.axis().rows() * output.size());
          int from = begin + range.from();
          System.arraycopy(first.values(), from, output.values(), from, range.size());
          share.kernels().add(range.size(), second.values(), from, output.values(), from);
        });
  }

  @Override
  public void backward(Pass pass) {
    add(pass, first);
    add(pass, second);
  }

  private void add(Pass pass, Signal input) {
    int begin = output.offset(0, pass.axis().batch());
    boolean replaces = input.addsFirst();
    cores.run(
        share -> {
          Range range = share.elements(pass.axis().rows() * output.size());
          int from = begin + range.from();
          if (replaces) {
            System.arraycopy(output.gradient(), from, input.gradient(), from, range.size());
          } else {
            share.kernels().add(range.size(), output.gradient(), from, input.gradient(), from);
          }
        });
  }

  @Override
  public void accumulate(Pass pass, float[] gradient) {}
}
