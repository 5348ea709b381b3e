package io.unroll.driver.dl4j;

import java.io.File;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A service that knows nothing of Unroll: loads a network and prints, for each token of the command
 * line, what may follow it.
 */
final class ServingProgram {
  private ServingProgram() {}

  public static void main(String[] arguments) throws Exception {
    MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(new File(arguments[0]));
    for (int k = 1; k < arguments.length; k++) {
      INDArray token = Nd4j.createFromArray(Float.parseFloat(arguments[k])).reshape(1, 1, 1);
      StringBuilder line = new StringBuilder("next");
      for (float probability : network.rnnTimeStep(token).reshape(-1).toFloatVector()) {
        line.append(' ').append(probability);
      }
      System.out.println(line);
    }
  }
}
