package io.unroll.driver.round;

import io.unroll.worker.train.Stretch;
import java.io.Serializable;

/**
 * What every lane does between two averages.
 *
 * @param number from 0
 * @param stretch steps of the longest lane; a shorter lane does what its epoch has left
 * @param warmUp whether it ends with the plain mean, whatever the outer step
 */
public record Round(int number, Stretch stretch, boolean warmUp) implements Serializable {}
