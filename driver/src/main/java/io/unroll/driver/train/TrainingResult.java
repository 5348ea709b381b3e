package io.unroll.driver.train;

import io.unroll.driver.run.Progress;

/**
 * What a start of a training run came to.
 *
 * @param progress how far the run is now, over all its starts
 * @param hasModel whether the best model is there
 */
public record TrainingResult(TrainingOutcome outcome, Progress progress, boolean hasModel) {}
