package io.unroll.worker.layer;

/**
 * One run of a window through the modules.
 *
 * @param axis steps and sequences
 * @param tokens read, (T, B)
 * @param state carried by the recurrent layers, for each (states, B, H); advanced to the end of the
 *     window
 * @param masks of dropout
 */
public record Pass(Axis axis, int[] tokens, float[] state, DropoutMasks masks) {}
