package io.unroll.worker.layer;

/**
 * One run of a window through the modules. What a model does not read is empty.
 *
 * @param axis steps and sequences
 * @param tokens read, (T, B)
 * @param words characters of each token, (T, B)
 * @param vectors read, (T, B, F)
 * @param state carried by the recurrent layers, for each (states, B, H); advanced to the end of the
 *     window
 * @param masks of dropout
 * @param sources what is written about
 */
public record Pass(
    Axis axis,
    int[] tokens,
    int[][] words,
    float[] vectors,
    float[] state,
    DropoutMasks masks,
    Sources sources) {
  private static final int[][] NO_WORDS = new int[0][];
  private static final float[] NO_VECTORS = new float[0];

  /** Of tokens alone. */
  public Pass(Axis axis, int[] tokens, float[] state, DropoutMasks masks) {
    this(axis, tokens, state, masks, Sources.NONE);
  }

  /** Of tokens that are written about a source. */
  public Pass(Axis axis, int[] tokens, float[] state, DropoutMasks masks, Sources sources) {
    this(axis, tokens, NO_WORDS, NO_VECTORS, state, masks, sources);
  }

  /** Of a source, whatever it is made of. */
  public Pass(
      Axis axis, int[] tokens, int[][] words, float[] vectors, float[] state, DropoutMasks masks) {
    this(axis, tokens, words, vectors, state, masks, Sources.NONE);
  }

  /** The same with other tokens. */
  public Pass reading(int[] others) {
    return new Pass(axis, others, words, vectors, state, masks, sources);
  }
}
