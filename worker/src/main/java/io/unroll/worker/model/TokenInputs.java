package io.unroll.worker.model;

import io.unroll.worker.math.Kernels;
import java.util.Arrays;

/**
 * {@link GateInputs} from tokens: x W_ih^T + bias depends on the token alone, so it is computed
 * once for each distinct token of a window and copied to where the token stands. Backwards the
 * gradients by the gates are summed over the places of a token, in the order of time, and the
 * products are done with these sums. A window of 2500 characters has 60 or so distinct ones, which
 * saves the first layer's input products almost entirely; one of 700 words has half as many.
 */
final class TokenInputs implements GateInputs {
  private final Embedding embedding;
  private final Linear weight;
  private final Bias bias;
  private final Kernels kernels;

  /** (slots, G): gate inputs of each token. */
  private final float[] table;

  /** (slots, G): sums of the gradients by them; only training needs it. */
  private float[] sums = new float[0];

  TokenInputs(Blueprint blueprint, Embedding embedding, Linear weight, Bias bias) {
    this.embedding = embedding;
    this.weight = weight;
    this.bias = bias;
    this.kernels = blueprint.kernels();
    this.table = new float[Math.multiplyExact(embedding.capacity(), bias.size())];
  }

  @Override
  public void use(float[] parameters) {
    weight.use(parameters);
    bias.use(parameters);
  }

  @Override
  public void forward(int time, int batch, float[] gates) {
    int size = bias.size();
    extend();
    int[] slots = embedding.slots();
    for (int x = 0; x < time * batch; x++) {
      System.arraycopy(table, slots[x] * size, gates, x * size, size);
    }
  }

  /** Computes the rows of tokens that are new. */
  private void extend() {
    int first = embedding.firstNew();
    int added = embedding.count() - first;
    int size = bias.size();
    int from = first * embedding.size();
    weight.product(added, embedding.values(), from, bias.values(), table, first * size, size);
  }

  @Override
  public void backward(int time, int batch, float[] dGates, float[] gradient) {
    int size = bias.size();
    int count = embedding.count();
    if (sums.length == 0) {
      sums = new float[table.length];
    }
    Arrays.fill(sums, 0, count * size, 0f);
    int[] slots = embedding.slots();
    for (int x = 0; x < time * batch; x++) {
      kernels.add(size, dGates, x * size, sums, slots[x] * size);
    }
    weight.addWeightGradient(count, sums, 0, size, embedding.values(), 0, gradient);
    bias.addGradient(count, sums, gradient);
    weight.inputGradient(count, sums, 0, size, embedding.gradient(), 0);
  }
}
