package io.unroll.driver.dl4j.gru;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * T steps of a GRU and their gradients, over arrays whose row (t, b) is at t·B + b.
 *
 * <p>Letters: T steps, B sequences, H hidden units; h' the state before a step. Gates r, z, n.
 */
abstract class GruSteps {
  final int hidden;

  /** (H, 3H). */
  final INDArray weight;

  private final int time;
  private final int batch;

  /** (T·B, 3H): x W + b, then activations, then the gradient by x W + b. */
  private final INDArray gates;

  /** ((T+1)·B, H): the state before the first step, then after each. */
  private final INDArray states;

  /**
   * Of no steps yet.
   *
   * @param inputs (T·B, 3H): x W + b; overwritten
   * @param start (B, H); not modified
   */
  GruSteps(INDArray weight, INDArray inputs, INDArray start) {
    this.weight = weight;
    this.hidden = (int) weight.size(0);
    this.batch = (int) start.size(0);
    this.time = (int) inputs.size(0) / batch;
    this.gates = inputs;
    this.states = zeros(time + 1, hidden);
    rows(states, 0).assign(start);
  }

  /** Zeros of (steps·B, columns). */
  final INDArray zeros(int steps, int columns) {
    DataType type = weight.dataType();
    return Nd4j.create(type, new long[] {(long) steps * batch, columns}, 'c');
  }

  final int time() {
    return time;
  }

  /** A view of the rows of step t. */
  final INDArray rows(INDArray array, int t) {
    return array.get(NDArrayIndex.interval((long) t * batch, (t + 1L) * batch), NDArrayIndex.all());
  }

  /** A view of the columns of some gates. */
  final INDArray columns(INDArray array, int gate, int gates) {
    return array.get(
        NDArrayIndex.all(),
        NDArrayIndex.interval((long) gate * hidden, (long) (gate + gates) * hidden));
  }

  /**
   * Runs all steps.
   *
   * @param mask (B, T): where it is 0, the state becomes 0; null for none
   */
  final void forward(INDArray mask) {
    for (int t = 0; t < time; t++) {
      INDArray state = forward(t, rows(gates, t), rows(states, t));
      if (mask != null) {
        state = state.mulColumnVector(mask.getColumn(t, true));
      }
      rows(states, t + 1).assign(state);
    }
  }

  /** (T·B, H): the states after each step; a view. */
  final INDArray outputs() {
    return states.get(NDArrayIndex.interval(batch, (time + 1L) * batch), NDArrayIndex.all());
  }

  /** (T·B, H): the states before each step; a view. */
  final INDArray before() {
    return states.get(NDArrayIndex.interval(0, (long) time * batch), NDArrayIndex.all());
  }

  /** (B, H): the state after the last step; a view. */
  final INDArray last() {
    return rows(states, time);
  }

  /**
   * Gradients of all steps; the state before the first one is a constant.
   *
   * @param outputGradient (T·B, H); not modified
   * @param first steps before this one get no gradient
   * @param mask as in {@link #forward(INDArray)}
   * @return (T·B, 3H): the gradient by x W + b; takes the place of the gates
   */
  final INDArray backward(INDArray outputGradient, int first, INDArray mask) {
    INDArray carried = zeros(1, hidden);
    for (int t = time - 1; t >= first; t--) {
      INDArray gradient = rows(outputGradient, t).add(carried);
      if (mask != null) {
        gradient.muliColumnVector(mask.getColumn(t, true));
      }
      carried = backward(t, rows(gates, t), rows(states, t), gradient);
    }
    for (int t = 0; t < first; t++) {
      rows(gates, t).assign(0);
      forget(t);
    }
    return gates;
  }

  /**
   * One step.
   *
   * @param gates (B, 3H): x W + b; overwritten by r, z, n
   * @param before (B, H): h'; not modified
   * @return (B, H): h
   */
  abstract INDArray forward(int t, INDArray gates, INDArray before);

  /**
   * Gradients of one step.
   *
   * @param gates (B, 3H): r, z, n; overwritten by the gradient by x W + b
   * @param before (B, H): h'; not modified
   * @param gradient (B, H) by h; may be overwritten
   * @return (B, H): the gradient by h'
   */
  abstract INDArray backward(int t, INDArray gates, INDArray before, INDArray gradient);

  /** Makes zeros of what step t adds to the gradients of weight and bias. */
  abstract void forget(int t);

  /**
   * Gradients of what the steps share, after {@link #backward(INDArray, int, INDArray)}.
   *
   * @param weightGradient (H, 3H); overwritten
   * @param biasGradient (1, 3H) or (1, 6H); overwritten
   */
  abstract void sharedGradients(INDArray weightGradient, INDArray biasGradient);

  /** y(1-y) of a sigmoid's value. */
  static INDArray sigmoidSlope(INDArray value) {
    return value.rsub(1).muli(value);
  }

  /** 1-y² of a tanh's value. */
  static INDArray tanhSlope(INDArray value) {
    return value.mul(value).rsubi(1);
  }
}
