package io.unroll.bench.dl4j;

import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Counts the tokens that workers train on, since ParameterAveragingTrainingMaster drops minibatches
 * in silence where they do not divide evenly. Workers are threads of this JVM, so one counter
 * serves all of them.
 */
final class TokenCounter implements TrainingHook {
  private static final long serialVersionUID = 1;
  private static final AtomicLong TOKENS = new AtomicLong();

  /** Tokens trained on since the JVM started. */
  static long tokens() {
    return TOKENS.get();
  }

  @Override
  public void postUpdate(DataSet minibatch, Model model) {
    TOKENS.addAndGet(minibatch.getFeatures().length());
  }

  @Override
  public void preUpdate(DataSet minibatch, Model model) {}

  @Override
  public void preUpdate(MultiDataSet minibatch, Model model) {}

  @Override
  public void postUpdate(MultiDataSet minibatch, Model model) {}
}
