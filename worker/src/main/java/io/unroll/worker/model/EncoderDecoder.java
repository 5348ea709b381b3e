package io.unroll.worker.model;

import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Axis;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.Pass;
import io.unroll.worker.layer.RecurrentLayer;
import io.unroll.worker.layer.Sources;
import io.unroll.worker.parallel.Cores;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a source (tokens, or vectors) and writes a text about it: an encoder, and a decoder that is
 * told the summary of what was read, attends to all of it, or both (Cho et al. 2014; Sutskever,
 * Vinyals and Le 2014; Bahdanau, Cho and Bengio 2015; Xu et al. 2015).
 *
 * <p>A sequence's results depend neither on the other sequences of its batch, nor on their lengths,
 * nor on the capacity, nor on the number of cores, bit for bit.
 *
 * <p>Letters: S steps of the source, T of the text, B sequences, V tokens that may be written.
 */
public final class EncoderDecoder implements Model {
  private static final float[] NO_STATE = new float[0];

  private final EncoderDecoderArchitecture architecture;
  private final SourceReader reader;
  private final TextWriter writer;

  /** Axis of the source that was read last. */
  private Axis read = new Axis(0, 0);

  /** The tensors of an architecture. */
  public static ParameterLayout layout(EncoderDecoderArchitecture architecture) {
    ParameterLayout.Builder layout = new ParameterLayout.Builder();
    SourceReader.declare(layout, architecture);
    TextWriter.declare(layout, architecture);
    return layout.build();
  }

  /** See {@link Architecture#model}; the capacity holds for the source and for the text. */
  EncoderDecoder(EncoderDecoderArchitecture architecture, int maxTime, int maxBatch, Cores cores) {
    ParameterLayout layout = layout(architecture);
    this.architecture = architecture;
    this.reader = new SourceReader(architecture, layout, maxTime, maxBatch, cores);
    this.writer = new TextWriter(architecture, layout, reader, maxTime, maxBatch, cores);
  }

  /** The shape of this model. */
  public EncoderDecoderArchitecture architecture() {
    return architecture;
  }

  @Override
  public ParameterLayout layout() {
    return writer.network().layout();
  }

  /** Those of the encoder, then those of the decoder. */
  @Override
  public List<RecurrentLayer> recurrentLayers() {
    List<RecurrentLayer> layers = new ArrayList<>(reader.network().recurrentLayers());
    layers.addAll(writer.network().recurrentLayers());
    return layers;
  }

  @Override
  public int stateSize() {
    return architecture.stateSize();
  }

  @Override
  public void use(float[] parameters) {
    reader.network().use(parameters);
    writer.network().use(parameters);
  }

  @Override
  public double lossAndGradient(
      Window window, float[] state, DropoutMasks dropout, Gradient gradient) {
    Network.checkSize("gradient", gradient.values(), layout().size());
    Pass source = source(window, dropout);
    Pass text = text(window, dropout);
    reader.network().clearTokens();
    writer.network().clearTokens();
    reader.network().forward(source);
    writer.network().forward(text);
    gradient.clear(writer.network().cores());
    reader.network().beginBackward();
    writer.network().beginBackward();
    double sum = writer.network().outputGradient(window, gradient);
    writer.network().backward(text, gradient);
    reader.network().backward(source, gradient);
    gradient.addAll();
    return sum;
  }

  /**
   * Loss of a window without dropout and without smoothing of labels.
   *
   * @param rowLoss the summed loss of sequence b in nats is added to element b
   */
  public void loss(Window window, double[] rowLoss) {
    reader.network().forward(source(window, DropoutMasks.NONE));
    writer.network().forward(text(window, DropoutMasks.NONE));
    double[] losses = writer.network().output().loss(window);
    for (int x = 0; x < window.targetRows(); x++) {
      rowLoss[x % window.batch()] += losses[x];
    }
  }

  private static Pass source(Window window, DropoutMasks dropout) {
    return new Pass(
        Axis.of(window), window.inputs(), window.words(), window.vectors(), NO_STATE, dropout);
  }

  private static Pass text(Window window, DropoutMasks dropout) {
    Axis axis = new Axis(window.targetTime(), window.batch());
    return new Pass(axis, window.targetInputs(), NO_STATE, dropout, Sources.of(window));
  }

  /** Floats of the decoder's state for one sequence: layers × states × H. */
  public int writerStateSize() {
    return architecture.writer().stateSize();
  }

  /** M, numbers of the summary of a source. */
  public int summarySize() {
    return reader.summary().size();
  }

  /**
   * Reads sources, without dropout.
   *
   * @param window whose targets are not used
   * @param summaries receives (B, M): what the decoder is told of each source
   */
  public void summarize(Window window, float[] summaries) {
    Network.checkSize("summaries", summaries, summarySize() * window.batch());
    reader.network().forward(source(window, DropoutMasks.NONE));
    int size = summarySize();
    for (int b = 0; b < window.batch(); b++) {
      reader.summary().copy(window.batch(), b, 0, size, summaries, b * size);
    }
  }

  /**
   * Reads a source, which {@link #write} writes about from then on.
   *
   * @param window whose targets are not used
   * @param state receives the state before the first token: (layer, h|c, B, H)
   */
  public void read(Window window, float[] state) {
    Network.checkSize("state", state, writerStateSize() * window.batch());
    reader.network().forward(source(window, DropoutMasks.NONE));
    read = Axis.of(window);
    reader.begin(window.batch(), state);
  }

  /**
   * One step without dropout: what comes after these tokens?
   *
   * @param tokens one for each row: the last that was written
   * @param sources which sequence of the source each row is about
   * @param rows B of this step
   * @param state (layer, h|c, B, H); advanced by the step
   * @param logits receives (B, V)
   */
  public void write(int[] tokens, int[] sources, int rows, float[] state, float[] logits) {
    Network.checkSize("logits", logits, rows * architecture.writer().vocabulary());
    Network.checkSize("state", state, writerStateSize() * rows);
    Axis axis = new Axis(1, rows);
    Sources about = new Sources(read, sources);
    writer.network().forward(new Pass(axis, tokens, state, DropoutMasks.NONE, about));
    writer.network().output().logits(axis, logits);
  }

  /**
   * The weights of attention in the last step of a row; none where the model does not attend.
   *
   * @param source the sequence that the row is about
   */
  public float[] attention(int row, int source) {
    return writer.weights(row, read.length(source));
  }
}
