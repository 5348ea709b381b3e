package io.unroll.worker.math;

/**
 * What the rows of logits should predict, and where their losses go. Row r of the logits is element
 * first + r of all three.
 *
 * @param tokens to predict
 * @param weights in the loss
 * @param losses receives the weighted losses in nats
 * @param first element of row 0
 */
public record Targets(int[] tokens, float[] weights, double[] losses, int first) {}
