package io.unroll.worker.layer;

import io.unroll.worker.layer.ParameterLayout.Tensor;
import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Spans;
import java.util.Arrays;
import java.util.Locale;

/**
 * Looks up a row of (V, E) for each token. Every distinct token gets a slot, in the order of first
 * use, and what is computed from its row alone is computed once per slot, however often the token
 * comes: see {@link TokenInputs}. Slots are kept as long as the parameters stay the same and there
 * is room for more.
 *
 * <p>While training, the rows of some tokens may be dropped for a whole window (Gal and Ghahramani
 * 2016; Merity, Keskar and Socher 2018): row v is multiplied by element v of a mask.
 *
 * <p>Letters: T steps, B sequences, V vocabulary, E embedding.
 */
public final class Embedding implements LayerInput, Module {
  /** The name of the tensor that a model's tokens are looked up in. */
  public static final String TENSOR = "embedding.weight";

  /** Slots that even the smallest window gets: sampling finds all characters there. */
  private static final int SLOTS = 256;

  private static final int NONE = -1;

  /** Of the masks of tokens, far from those of layers, which count from 0. */
  private static final int CONNECTION = 1 << 21;

  private final int vocabulary;
  private final int size;
  private final int offset;
  private final boolean tied;
  private final double dropped;
  private final Kernels kernels;

  /** Token → its slot, or {@link #NONE}. */
  private final int[] slotOf;

  /** Slot → its token. */
  private final int[] tokens;

  /** (T, B): slot of each token of the window. */
  private final int[] slots;

  /** (slots, E). */
  private final float[] values;

  /** (slots, E): gradient by the values. */
  private final float[] gradient;

  /** Slot → the factor of its row; empty where none is ever dropped. */
  private final float[] factors;

  private final int[] sorted;
  private int count;
  private int firstNew;
  private float[] parameters;

  /**
   * Declares a tensor (V, E).
   *
   * @param tensor its name
   * @param initial what it holds at first
   */
  public static void declare(
      ParameterLayout.Builder layout,
      String tensor,
      int vocabulary,
      int size,
      InitialValues initial) {
    layout.matrix(tensor, vocabulary, size, initial);
  }

  /**
   * Allocates it.
   *
   * @param tied whether others add to the gradient of all its rows: the output layer that shares
   *     the weight, or a second reader of it
   */
  public Embedding(Blueprint blueprint, String tensor, boolean tied) {
    this(blueprint, tensor, tied, 0);
  }

  /**
   * Allocates one that drops tokens.
   *
   * @param tied as above
   * @param dropped probability of dropping a token in a training step
   */
  public Embedding(Blueprint blueprint, String tensor, boolean tied, double dropped) {
    Tensor weight = blueprint.layout().tensor(tensor);
    int positions = blueprint.capacity().rows();
    this.vocabulary = weight.rows();
    this.size = weight.columns();
    this.offset = weight.offset();
    this.tied = tied;
    this.dropped = dropped;
    this.kernels = blueprint.cores().kernels();
    this.slotOf = new int[vocabulary];
    this.tokens = new int[Math.min(vocabulary, Math.max(positions, SLOTS))];
    this.slots = new int[positions];
    this.values = new float[Math.multiplyExact(tokens.length, size)];
    this.gradient = new float[values.length];
    this.factors = new float[dropped > 0 ? tokens.length : 0];
    this.sorted = new int[tokens.length];
    Arrays.fill(slotOf, NONE);
  }

  @Override
  public void use(float[] newParameters) {
    parameters = newParameters;
    clear();
  }

  /** Takes all slots back. */
  public void clear() {
    for (int s = 0; s < count; s++) {
      slotOf[tokens[s]] = NONE;
    }
    count = 0;
  }

  /**
   * Finds the slots of a window's tokens.
   *
   * @throws IllegalArgumentException if a token is not in the vocabulary
   */
  @Override
  public void forward(Pass pass) {
    int positions = pass.axis().rows();
    checkTokens(pass.tokens(), positions, vocabulary);
    firstNew = count;
    if (!assign(positions, pass.tokens())) {
      clear();
      firstNew = 0;
      assign(positions, pass.tokens());
    }
    if (dropped > 0) {
      drop(pass.masks());
    }
  }

  /** Multiplies the rows that the window brought. */
  private void drop(DropoutMasks masks) {
    for (int s = firstNew; s < count; s++) {
      factors[s] = masks.active() ? masks.factor(CONNECTION, dropped, tokens[s]) : 1;
      scale(values, s);
    }
  }

  private void scale(float[] rows, int slot) {
    for (int x = slot * size; x < (slot + 1) * size; x++) {
      rows[x] *= factors[slot];
    }
  }

  /** Gives up, and returns false, when there is no slot left. */
  private boolean assign(int positions, int[] window) {
    for (int x = 0; x < positions; x++) {
      int token = window[x];
      if (slotOf[token] == NONE) {
        if (count == tokens.length) {
          return false;
        }
        System.arraycopy(parameters, offset + token * size, values, count * size, size);
        tokens[count] = token;
        slotOf[token] = count++;
      }
      slots[x] = slotOf[token];
    }
    return true;
  }

  /** E. */
  @Override
  public int size() {
    return size;
  }

  /** Most slots there can be. */
  int capacity() {
    return tokens.length;
  }

  /** Slots in use. */
  int count() {
    return count;
  }

  /** The first slot that the last window brought; those before it are as they were. */
  int firstNew() {
    return firstNew;
  }

  /** (T, B): slot of each token of the window. */
  int[] slots() {
    return slots;
  }

  /** (slots, E): the tokens' rows. */
  float[] values() {
    return values;
  }

  /** (slots, E): the gradient by them. */
  float[] gradient() {
    return gradient;
  }

  /** Begins the gradient by the slots, to which those who read them add afterwards. */
  public void beginBackward() {
    Arrays.fill(gradient, 0, count * size, 0f);
  }

  /** Tokens have no gradient. */
  @Override
  public void backward(Pass pass) {}

  /** Adds the gradient of the slots to the tokens' rows. */
  @Override
  public void accumulate(Pass pass, float[] flat) {
    for (int s = 0; s < count; s++) {
      if (dropped > 0) {
        scale(gradient, s);
      }
      kernels.add(size, gradient, s * size, flat, offset + tokens[s] * size);
    }
  }

  /**
   * Adds where the gradient by the parameters is not zero: the rows in use, and all that follow.
   */
  public void addSpans(Spans spans, int parameterCount) {
    int end = offset + vocabulary * size;
    if (tied) {
      spans.add(offset, end);
    } else {
      System.arraycopy(tokens, 0, sorted, 0, count);
      Arrays.sort(sorted, 0, count);
      for (int s = 0; s < count; s++) {
        int row = offset + sorted[s] * size;
        spans.add(row, row + size);
      }
    }
    spans.add(end, parameterCount);
  }

  static void checkTokens(int[] tokens, int count, int vocabulary) {
    for (int x = 0; x < count; x++) {
      if (tokens[x] < 0 || tokens[x] >= vocabulary) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Cannot use token %d: the model's vocabulary has %d",
                tokens[x],
                vocabulary));
      }
    }
  }
}
