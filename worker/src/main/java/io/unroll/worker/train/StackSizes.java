package io.unroll.worker.train;

import io.unroll.worker.model.Connections;
import io.unroll.worker.model.Stack;

/**
 * Sizes of a stack's parameters and buffers, in doubles, since they may be beyond every array.
 *
 * @param parameters numbers that are trained
 * @param weights those of them that products read
 * @param widest most numbers that a layer reads or says
 * @param outputs numbers that the stack says of a step
 * @param kept floats of what is kept of each step of each sequence, without dropout
 * @param dropped numbers that dropout reads of each step
 */
record StackSizes(
    double parameters, double weights, double widest, double outputs, double kept, double dropped) {
  static StackSizes of(Stack stack, double inputs) {
    double hidden = stack.hidden();
    double gates = stack.cell().gates() * hidden;
    double directions = stack.bidirectional() ? 2 : 1;
    double width = directions * hidden;
    boolean skips = stack.connections() == Connections.SKIP && stack.layers() > 1;
    double weights = 0;
    double kept = 0;
    double widest = Math.max(inputs, hidden);
    for (int level = 0; level < stack.layers(); level++) {
      double read = level == 0 ? inputs : skips ? width + inputs : width;
      weights += directions * gates * (read + hidden);
      kept += directions * perLayer(stack);
      kept += stack.bidirectional() ? 2 * read + 2 * width : 0;
      kept += level > 0 && skips ? 2 * read : 0;
      kept += level > 0 && stack.connections() == Connections.RESIDUAL ? 2 * width : 0;
      widest = Math.max(widest, read);
    }
    double outputs = skips ? stack.layers() * width : width;
    kept += skips ? 2 * outputs : 0;
    double parameters = weights + 2 * stack.layers() * directions * gates;
    double dropped = stack.layers() * width;
    return new StackSizes(parameters, weights, Math.max(widest, outputs), outputs, kept, dropped);
  }

  /** A: floats that a layer keeps of each step. */
  private static double perLayer(Stack stack) {
    double hidden = stack.hidden();
    double gates = stack.cell().gates() * hidden;
    return switch (stack.cell()) {
      case RNN -> gates + 2 * hidden;
      case LSTM -> gates + 4 * hidden;
      case GRU -> gates + 3 * hidden;
      case GRU_RESET_AFTER -> 2 * gates + 2 * hidden;
    };
  }

  /** Floats that are kept of each step of each sequence. */
  double perStep(boolean dropout) {
    return dropout ? kept + 3 * dropped : kept;
  }
}
