package io.unroll.worker.layer;

/** The vectors of a window as a signal, (T, B, F). They are given: no gradient flows on. */
public final class Vectors implements Module {
  private final Signal output;

  /**
   * Allocates it.
   *
   * @param size F
   */
  public Vectors(Blueprint blueprint, int size) {
    this.output = blueprint.signal(size);
  }

  /** (T, B, F). */
  public Signal output() {
    return output;
  }

  @Override
  public void use(float[] parameters) {}

  @Override
  public void forward(Pass pass) {
    int begin = output.offset(0, pass.axis().batch());
    int count = pass.axis().rows() * output.size();
    System.arraycopy(pass.vectors(), 0, output.values(), begin, count);
  }

  @Override
  public void backward(Pass pass) {}

  @Override
  public void accumulate(Pass pass, float[] gradient) {}
}
