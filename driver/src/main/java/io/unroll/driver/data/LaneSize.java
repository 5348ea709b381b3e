package io.unroll.driver.data;

import java.io.Serializable;

/**
 * What one epoch of a lane holds.
 *
 * @param steps steps per epoch
 * @param predictions tokens to predict
 * @param skipped predictions that no step makes, because they do not fill a row of the batch
 */
public record LaneSize(int steps, long predictions, long skipped) implements Serializable {}
