package io.unroll.worker.model;

/**
 * A change of one number of h, for finite differences by it.
 *
 * @param layer whose h it is
 * @param reverse whether it is that of the layer that reads from the end
 * @param step after which, in the order in which the layer does them
 * @param unit of the layer
 * @param delta added to h
 */
record Nudge(int layer, boolean reverse, int step, int unit, double delta) {
  static final Nudge NONE = new Nudge(-1, false, 0, 0, 0);

  void apply(int toLayer, boolean toReverse, int afterStep, double[] h) {
    if (layer == toLayer && reverse == toReverse && step == afterStep) {
      h[unit] += delta;
    }
  }
}
