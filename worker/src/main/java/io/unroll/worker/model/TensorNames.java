package io.unroll.worker.model;

/** Names of an encoder-decoder's layers and tensors. */
public final class TensorNames {
  /** The stack of layers that read. */
  public static final String ENCODER = "encoder";

  /** The embedding of the tokens that are read. */
  public static final String READ = "encoder.embedding.weight";

  /** From vectors that are read to what the encoder takes. */
  public static final String PROJECTION = "encoder.projection";

  /** From the summary to the decoder's first state. */
  public static final String BRIDGE = "bridge";

  /** From what was read to what attention compares with. */
  public static final String KEYS = "attention.key";

  /** The stack of layers that write. */
  public static final String DECODER = "decoder";

  /** The embedding of the tokens that are written. */
  public static final String WRITTEN = "decoder.embedding.weight";

  /** From the decoder's state, and what it has read, to what the output layer reads. */
  public static final String READOUT = "decoder.readout";

  private TensorNames() {}
}
