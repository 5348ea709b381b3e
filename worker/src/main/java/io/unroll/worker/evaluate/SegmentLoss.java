package io.unroll.worker.evaluate;

import java.io.Serializable;

/**
 * Loss of one segment.
 *
 * @param loss summed over the predictions that count, in nats
 * @param tokens number of these predictions
 */
public record SegmentLoss(double loss, int tokens) implements Serializable {}
