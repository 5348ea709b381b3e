package io.unroll.worker.decode;

import io.unroll.worker.data.Window;
import io.unroll.worker.model.EncoderDecoder;

/** An encoder-decoder, as a search asks it. */
final class EncoderDecoderGenerator implements Generator {
  private final EncoderDecoder model;
  private int[] written = new int[0];
  private int longest;

  /**
   * @param model with parameters, and room for all rows of the search
   */
  EncoderDecoderGenerator(EncoderDecoder model) {
    this.model = model;
  }

  @Override
  public int vocabulary() {
    return model.architecture().writer().vocabulary();
  }

  @Override
  public int stateWidth() {
    return model.architecture().writer().stack().hidden();
  }

  @Override
  public int stateSize() {
    return model.writerStateSize();
  }

  @Override
  public void read(Window sources, float[] state) {
    longest = sources.time();
    model.read(sources, state);
  }

  @Override
  public void next(int[] tokens, int[] sources, int rows, float[] state, float[] logits) {
    written = sources;
    model.write(tokens, sources, rows, state, logits);
  }

  @Override
  public float[] attention(int rows) {
    if (!model.architecture().attends()) {
      return new float[0];
    }
    float[] weights = new float[rows * longest];
    for (int row = 0; row < rows; row++) {
      float[] found = model.attention(row, written[row]);
      System.arraycopy(found, 0, weights, row * longest, found.length);
    }
    return weights;
  }
}
