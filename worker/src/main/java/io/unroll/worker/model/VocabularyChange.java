package io.unroll.worker.model;

import io.unroll.worker.layer.Embedding;
import io.unroll.worker.layer.ParameterLayout.Tensor;
import io.unroll.worker.layer.SoftmaxOutput;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Carries the parameters of a model over to another vocabulary: known tokens keep their rows, and
 * new tokens get rows that leave the model's predictions of the known ones as they are.
 *
 * <p>With an unknown token, that is what the new tokens have been so far. So they get its embedding
 * and its output weights, and the k new tokens share its probability with it equally: the bias of
 * all k + 1 is b − ln(k + 1). The probabilities of all other tokens stay exactly what they were,
 * but for rounding.
 *
 * <p>Without one, a new token gets the mean of the known tokens' rows, the usual choice where
 * embeddings are extended (Hewitt 2021, "Initializing new word embeddings for pretrained language
 * models"): its logit is the mean of the known logits, less ln k, so that all new tokens together
 * are as likely as one average token.
 *
 * <p>Letters: V vocabulary, k new tokens.
 */
public final class VocabularyChange {
  /** An {@link #VocabularyChange origin} of tokens that are new. */
  public static final int NEW = -1;

  /** The tensors that have a row for each token. */
  private static final Set<String> BY_TOKEN =
      Set.of(Embedding.TENSOR, SoftmaxOutput.WEIGHT, SoftmaxOutput.BIAS);

  private final LanguageArchitecture architecture;
  private final int[] origin;
  private final OptionalInt unknown;
  private final int fresh;

  /**
   * A change of the vocabulary of models of an architecture.
   *
   * @param origin for each id of the new vocabulary the id of the same token in the old one, or
   *     {@link #NEW}
   * @param unknown the old id of the unknown token, if there is one
   * @throws IllegalArgumentException if an id of the old vocabulary is missing in {@code origin},
   *     is there twice, or is none
   */
  public VocabularyChange(LanguageArchitecture architecture, int[] origin, OptionalInt unknown) {
    this.architecture = architecture;
    this.origin = origin.clone();
    this.unknown = unknown;
    this.fresh = (int) Arrays.stream(origin).filter(id -> id == NEW).count();
    int[] known = Arrays.stream(origin).filter(id -> id != NEW).sorted().toArray();
    for (int id = 0; id < Math.max(known.length, architecture.vocabulary()); id++) {
      if (id >= known.length || known[id] != id || id >= architecture.vocabulary()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Invalid change of the vocabulary: %d tokens come from %d (expected each of them once)",
                known.length,
                architecture.vocabulary()));
      }
    }
  }

  /** The architecture with the new vocabulary. */
  public LanguageArchitecture architecture() {
    return new LanguageArchitecture(
        architecture.cell(),
        origin.length,
        architecture.embedding(),
        architecture.hidden(),
        architecture.layers(),
        architecture.dropout(),
        architecture.tieWeights(),
        architecture.connections());
  }

  /**
   * The parameters of the model with the new vocabulary.
   *
   * @param parameters in the layout of the old architecture; they stay as they are
   */
  public float[] carriedOver(float[] parameters) {
    var before = LanguageModel.layout(architecture);
    var after = LanguageModel.layout(architecture());
    if (parameters.length != before.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot change the vocabulary of %d parameters (expected %d)",
              parameters.length,
              before.size()));
    }
    float[] carried = new float[after.size()];
    for (Tensor target : after.tensors()) {
      Tensor source = before.tensor(target.name());
      if (BY_TOKEN.contains(target.name())) {
        carryRows(parameters, source, carried, target);
      } else {
        System.arraycopy(parameters, source.offset(), carried, target.offset(), target.size());
      }
    }
    if (fresh > 0) {
      shareProbability(carried, after.tensor(SoftmaxOutput.BIAS));
    }
    return carried;
  }

  private void carryRows(float[] from, Tensor source, float[] to, Tensor target) {
    int width = Math.max(1, source.columns());
    float[] newRow = newRow(from, source, width);
    for (int id = 0; id < origin.length; id++) {
      if (origin[id] == NEW) {
        System.arraycopy(newRow, 0, to, target.offset() + id * width, width);
      } else {
        int row = source.offset() + origin[id] * width;
        System.arraycopy(from, row, to, target.offset() + id * width, width);
      }
    }
  }

  /** The row of the unknown token, or the mean of all rows. */
  private float[] newRow(float[] from, Tensor source, int width) {
    if (unknown.isPresent()) {
      int row = source.offset() + unknown.getAsInt() * width;
      return Arrays.copyOfRange(from, row, row + width);
    }
    float[] mean = new float[width];
    for (int x = 0; x < width; x++) {
      double sum = 0;
      for (int id = 0; id < source.rows(); id++) {
        sum += from[source.offset() + id * width + x];
      }
      mean[x] = (float) (sum / source.rows());
    }
    return mean;
  }

  private void shareProbability(float[] parameters, Tensor bias) {
    int sharing = unknown.isPresent() ? fresh + 1 : fresh;
    float less = (float) StrictMath.log(sharing);
    for (int id = 0; id < origin.length; id++) {
      boolean shares =
          origin[id] == NEW || (unknown.isPresent() && origin[id] == unknown.getAsInt());
      if (shares) {
        parameters[bias.offset() + id] -= less;
      }
    }
  }
}
