package io.unroll.driver.registry;

/**
 * The text that models are compared on, which none of them was trained on.
 *
 * @param data directory of the dataset
 * @param fingerprint of its content
 * @param split its part: train, valid or test
 */
public record HeldOut(String data, String fingerprint, String split) {}
