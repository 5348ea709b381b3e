package io.unroll.driver.evaluate;

/**
 * How a model learns while it is measured ({@link DynamicEvaluation}).
 *
 * @param rate η, learning rate, above 0
 * @param decay λ, how fast parameters return to what was trained, at least 0
 * @param epsilon ε, above 0
 * @param window steps that are measured before the model learns from them, at least 1
 */
public record DynamicOptions(double rate, double decay, double epsilon, int window) {}
