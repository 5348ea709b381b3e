package io.unroll.driver.dl4j;

import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Counts the minibatches that Deeplearning4j's workers, in this process, train on. */
final class FitCounter implements TrainingHook {
  private static final long serialVersionUID = 1L;

  static final AtomicLong MINIBATCHES = new AtomicLong();

  @Override
  public void preUpdate(DataSet minibatch, Model model) {
    MINIBATCHES.incrementAndGet();
  }

  @Override
  public void postUpdate(DataSet minibatch, Model model) {}

  @Override
  public void preUpdate(MultiDataSet minibatch, Model model) {}

  @Override
  public void postUpdate(MultiDataSet minibatch, Model model) {}
}
