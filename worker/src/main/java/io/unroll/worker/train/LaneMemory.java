package io.unroll.worker.train;

import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.Connections;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.LabelerArchitecture.Characters;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.Stack;

/**
 * What training a lane takes of the heap, by the formula of {@code docs/performance.md}, before
 * anything is allocated. In doubles: sizes beyond every array must be told, too.
 *
 * @param parameters P, numbers that are trained
 * @param largestArray elements of the longest array that is needed
 * @param floats in all arrays together; what is allocated is within 15 % of it
 */
public record LaneMemory(double parameters, double largestArray, double floats) {
  /** Some virtual machines keep a few elements below 2^31 - 1. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Floats of the kernels of one core: some rows of a left operand. */
  private static final int KERNELS = 128 * 512;

  private static final int SLOTS = 256;
  private static final int LOGITS = 1 << 22;
  private static final int FEWEST_LOGIT_ROWS = 64;

  /** Characters of the longest word of a window, about. */
  private static final int CHARACTERS = 16;

  /** How often a word of a window is in it, about. */
  private static final int REPEATED = 2;

  /**
   * Applies the formula.
   *
   * @param batch B, sequences of a step
   * @param window T, time steps of a step
   * @param slots s, floats of optimiser state per parameter
   * @param cores n, that the lane computes on
   */
  public static LaneMemory of(
      Architecture architecture, int batch, int window, int slots, int cores) {
    double steps = (double) window * batch;
    Sizes sizes = Sizes.of(architecture, steps, batch);
    Stack stack = architecture.stack();
    double gates = (double) stack.cell().gates() * stack.hidden();
    double parameters = sizes.parameters();
    double floats =
        (2 + slots) * parameters
            + 2 * sizes.weights()
            + steps * sizes.perStep()
            + sizes.slots()
            + steps * sizes.widest()
            + sizes.logits()
            + (double) cores * KERNELS;
    if (architecture.dropout().weights() > 0) {
      floats += parameters;
    }
    double state = (double) stack.layers() * stack.cell().states() * stack.hidden() * batch;
    double largest = Math.max(parameters, slots * parameters);
    largest = Math.max(largest, steps * Math.max(sizes.widest(), gates));
    largest = Math.max(largest, Math.max(sizes.logits(), state));
    return new LaneMemory(parameters, largest, floats);
  }

  /**
   * What the formula adds up.
   *
   * @param weights of the parameters, those that are packed
   * @param perStep floats that are kept of each step of each sequence
   * @param slots floats of what is kept of each distinct token
   * @param widest most columns of a weight
   */
  private record Sizes(
      double parameters,
      double weights,
      double perStep,
      double slots,
      double widest,
      double logits) {
    static Sizes of(Architecture architecture, double steps, int batch) {
      if (architecture instanceof LanguageArchitecture model) {
        return of(model, steps);
      }
      return architecture instanceof LabelerArchitecture model
          ? of(model, steps, batch)
          : of((EncoderDecoderArchitecture) architecture, steps, batch);
    }

    /** The source and the text have as many steps as the longer of them. */
    static Sizes of(EncoderDecoderArchitecture model, double steps, int batch) {
      EncoderDecoderSizes sizes = new EncoderDecoderSizes(model, steps / batch);
      double vocabulary = model.writer().vocabulary();
      return new Sizes(
          sizes.parameters(),
          sizes.weights(),
          sizes.perStep(),
          2 * distinct(vocabulary, steps) * model.writer().embedding() + sizes.slots(steps),
          sizes.widest(),
          logits(vocabulary, steps));
    }

    static Sizes of(LanguageArchitecture model, double steps) {
      StackSizes stack = StackSizes.of(model.stack(), model.embedding());
      double vocabulary = model.vocabulary();
      double embedding = model.embedding();
      double output = vocabulary * stack.outputs();
      double parameters =
          vocabulary * embedding
              + stack.parameters()
              + (model.tieWeights() ? 0 : output)
              + vocabulary;
      boolean drops = model.dropout().input() > 0;
      boolean looksUp = drops || (model.connections() == Connections.SKIP && model.layers() > 1);
      double perStep = stack.perStep(model.dropout().layers() > 0) + (drops ? 3 * embedding : 0);
      double gates = (double) model.cell().gates() * model.hidden();
      return new Sizes(
          parameters,
          stack.weights() + output,
          looksUp ? perStep + 2 * embedding : perStep,
          2 * distinct(vocabulary, steps) * (embedding + gates),
          stack.widest(),
          logits(vocabulary, steps));
    }

    static Sizes of(LabelerArchitecture model, double steps, int batch) {
      StackSizes stack = StackSizes.of(model.stack(), model.source().size());
      double labels = model.labels();
      double outputs = stack.outputs() * Math.max(1, model.pooling().size());
      double parameters = stack.parameters() + labels * outputs + labels;
      double weights = stack.weights() + labels * outputs;
      double read = model.source().size();
      double perStep = stack.perStep(model.dropout().layers() > 0) + 2 * read;
      double slots = 0;
      if (model.source() instanceof Tokens tokens) {
        parameters += (double) tokens.vocabulary() * tokens.embedding();
        slots = 2 * distinct(tokens.vocabulary(), steps) * tokens.embedding();
        if (tokens.characters().isPresent()) {
          Characters characters = tokens.characters().get();
          StackSizes spelled =
              StackSizes.of(
                  new Stack(model.stack().cell(), characters.hidden(), 1, true, Connections.PLAIN),
                  characters.embedding());
          parameters +=
              spelled.parameters() + (double) characters.vocabulary() * characters.embedding();
          weights += spelled.weights();
          // Another signal of the words, and what is kept of the characters of distinct ones.
          perStep += 2 * read + CHARACTERS * spelled.perStep(false) / REPEATED;
        }
      } else {
        perStep += read;
      }
      if (model.dropout().input() > 0) {
        perStep += 3 * read;
      }
      double places = model.isPooled() ? batch : steps;
      return new Sizes(
          parameters,
          weights,
          perStep,
          slots + (model.isPooled() ? 5.0 * batch * outputs : 0),
          Math.max(stack.widest(), outputs),
          logits(labels, places));
    }

    private static double logits(double vocabulary, double rows) {
      return vocabulary * Math.min(rows, Math.max(LOGITS / vocabulary, FEWEST_LOGIT_ROWS));
    }
  }

  /** Distinct tokens that a window has room for. */
  static double distinct(double vocabulary, double steps) {
    return Math.min(vocabulary, Math.max(steps, SLOTS));
  }

  /** All arrays together. */
  public double bytes() {
    return Float.BYTES * floats;
  }

  /** Whether Java's arrays are long enough; if not, no memory suffices. */
  public boolean addressable() {
    return largestArray <= LONGEST_ARRAY;
  }
}
