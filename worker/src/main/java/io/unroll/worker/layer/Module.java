package io.unroll.worker.layer;

/**
 * A piece of a network that reads signals and puts one out. A model is a list of modules in the
 * order in which they read each other: it runs {@link #forward} in that order, and {@link
 * #backward} and {@link #accumulate} of one after the other in the opposite one. These three passes
 * are those of Torch's {@code updateOutput}, {@code updateGradInput} and {@code accGradParameters}.
 *
 * <p>Gradients by signals are zero before the backward pass and are added to, so that a signal may
 * have any number of readers ({@link Signal#addsFirst}).
 */
public interface Module {
  /** Takes new parameters: an array that is not modified before the next call. */
  void use(float[] parameters);

  /** Overwrites what the module puts out, for the steps and sequences in use. */
  void forward(Pass pass);

  /** Adds to the gradient by what the module reads. The pass is that of the last forward. */
  void backward(Pass pass);

  /**
   * Adds to the gradient by the module's parameters, after its {@link #backward} and that of all
   * who read it.
   *
   * @param gradient by all parameters
   */
  void accumulate(Pass pass, float[] gradient);
}
