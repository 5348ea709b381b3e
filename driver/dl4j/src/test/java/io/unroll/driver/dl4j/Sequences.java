package io.unroll.driver.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Random sequences as users of Deeplearning4j have them: arrays (B, V, T), masks (B, T). */
final class Sequences {
  private static final int V = NetworkExamples.VOCABULARY;

  private Sequences() {}

  /** Data sets of B sequences, each of another length up to T where they are masked. */
  static List<DataSet> random(int count, int batch, int time, boolean oneHot, boolean masked) {
    Random random = new Random(5);
    List<DataSet> all = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      all.add(random(random, batch, time, oneHot, masked));
    }
    return all;
  }

  private static DataSet random(
      Random random, int batch, int time, boolean oneHot, boolean masked) {
    INDArray features = Nd4j.zeros(batch, oneHot ? V : 1, time);
    INDArray labels = Nd4j.zeros(batch, V, time);
    INDArray mask = Nd4j.zeros(batch, time);
    for (int b = 0; b < batch; b++) {
      int length = masked ? 1 + random.nextInt(time) : time;
      for (int t = 0; t < length; t++) {
        int token = random.nextInt(V);
        features.putScalar(new int[] {b, oneHot ? token : 0, t}, oneHot ? 1 : token);
        labels.putScalar(new int[] {b, (token * 3 + t) % V, t}, 1);
        mask.putScalar(b, t, 1);
      }
    }
    return masked ? new DataSet(features, labels, mask, mask.dup()) : new DataSet(features, labels);
  }
}
