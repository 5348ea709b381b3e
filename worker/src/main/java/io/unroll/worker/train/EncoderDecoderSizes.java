package io.unroll.worker.train;

import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.EncoderDecoderArchitecture.Reader;
import io.unroll.worker.model.EncoderDecoderArchitecture.Writer;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.model.Stack;
import io.unroll.worker.model.Summary;
import java.util.Optional;

/** Sizes of an encoder-decoder's parameters and buffers, in doubles; see {@link LaneMemory}. */
final class EncoderDecoderSizes {
  private final EncoderDecoderArchitecture model;

  /** T, steps of the source and of the text. */
  private final double time;

  /** E of the source, M of the memory, A of attention, H and E of the decoder, V. */
  private final double read;

  private final double memory;
  private final double attention;
  private final double hidden;
  private final double embedding;
  private final double vocabulary;
  private final Optional<StackSizes> encoder;
  private final StackSizes decoder;

  EncoderDecoderSizes(EncoderDecoderArchitecture model, double time) {
    Reader reader = model.reader();
    Writer writer = model.writer();
    this.model = model;
    this.time = time;
    this.read = reader.source() instanceof Tokens tokens ? tokens.size() : reader.size();
    this.encoder = reader.stack().map(stack -> StackSizes.of(stack, read));
    this.memory = encoder.map(StackSizes::outputs).orElse(read);
    this.attention = model.attending().size();
    this.hidden = writer.stack().hidden();
    this.embedding = writer.embedding();
    this.vocabulary = writer.vocabulary();
    this.decoder = StackSizes.of(writer.stack(), embedding + told());
  }

  /** Numbers of the source that are read in every step of the text. */
  private double told() {
    return (model.summary() == Summary.START ? 0 : memory) + (model.attends() ? memory : 0);
  }

  /** Numbers of the bridge. */
  private double start() {
    Stack stack = model.writer().stack();
    return model.summary() == Summary.EVERY_STEP
        ? 0
        : stack.layers() * stack.cell().states() * hidden;
  }

  private boolean readsTokens() {
    return model.reader().source() instanceof Tokens;
  }

  private double projection() {
    return readsTokens() ? 0 : model.reader().source().size() * read;
  }

  /** Weights that are packed, but for those of the stacks and the output layer. */
  private double others() {
    double attended = attention * (memory + hidden);
    return projection() + memory * start() + attended + (hidden + embedding + told()) * embedding;
  }

  double parameters() {
    double sources =
        model.reader().source() instanceof Tokens tokens ? tokens.vocabulary() * read : read;
    double biases = start() + 2 * attention + embedding + vocabulary + gate();
    double output = model.writer().tieWeights() ? 0 : vocabulary * embedding;
    return sources
        + encoder.map(StackSizes::parameters).orElse(0.0)
        + others()
        + vocabulary * embedding
        + decoder.parameters()
        + output
        + biases;
  }

  private double gate() {
    return model.attending().options().gated() ? hidden + 1 : 0;
  }

  double weights() {
    return encoder.map(StackSizes::weights).orElse(0.0)
        + others()
        + decoder.weights()
        + vocabulary * embedding;
  }

  /** Floats that are kept of each step of each sequence, of source and text together. */
  double perStep() {
    boolean drops = model.dropout().layers() > 0;
    double source = readsTokens() ? 2 * read : 3 * model.reader().source().size() + 3 * read;
    source += model.reader().reversed() ? 2 * read : 0;
    source += encoder.map(sizes -> sizes.perStep(drops)).orElse(0.0) + 3 * attention;
    double text = 2 * embedding + decoder.perStep(drops) + (drops ? 6 : 3) * embedding;
    text += model.attends() ? 2 * memory + 2 * attention + time : 0;
    double dropped = model.dropout().input() > 0 ? 3 * (read + embedding) : 0;
    return source + text + dropped;
  }

  /** Floats of what is kept of each distinct token of the source. */
  double slots(double steps) {
    return model.reader().source() instanceof Tokens tokens
        ? 2 * LaneMemory.distinct(tokens.vocabulary(), steps) * read
        : 0;
  }

  /** Most columns of a weight: each of the two has a workspace as wide. */
  double widest() {
    double source =
        Math.max(model.reader().source().size(), encoder.map(StackSizes::widest).orElse(read));
    return source + Math.max(decoder.widest(), hidden + embedding + told());
  }
}
