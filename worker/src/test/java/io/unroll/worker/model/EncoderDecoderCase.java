package io.unroll.worker.model;

import io.unroll.worker.data.Example;
import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Attention;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.WordDropout;
import io.unroll.worker.model.EncoderDecoderArchitecture.Attending;
import io.unroll.worker.model.EncoderDecoderArchitecture.Reader;
import io.unroll.worker.model.EncoderDecoderArchitecture.Writer;
import io.unroll.worker.model.LabelerArchitecture.Numbers;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One encoder-decoder to be checked, with examples of several lengths.
 *
 * @param encoder what it reads and how
 */
record EncoderDecoderCase(
    Cell cell,
    Encoder encoder,
    Summary summary,
    boolean attends,
    Attention.Options options,
    int layers,
    boolean tied,
    Dropouts dropout,
    double smoothing) {
  static final int TIME = 5;
  static final int BATCH = 3;
  static final int BEGIN = 1;
  static final int END = 2;
  private static final int SOURCES = 7;
  private static final int TARGETS = 6;
  private static final int NUMBERS = 4;
  private static final int EMBEDDING = 3;

  private static final List<Summary> SUMMARIES =
      List.of(Summary.START, Summary.EVERY_STEP, Summary.BOTH);

  private static final List<Dropouts> DROPOUTS =
      List.of(
          new Dropouts(0.25, 0.5, false, WordDropout.NONE),
          new Dropouts(0.25, 0.5, true, WordDropout.NONE),
          Dropouts.NONE,
          Dropouts.NONE,
          Dropouts.NONE);

  private static final List<Attention.Options> OPTIONS =
      List.of(
          Attention.Options.NONE, new Attention.Options(true, 0), new Attention.Options(true, 0.7));

  /** What reads. */
  enum Encoder {
    FORWARD,
    BIDIRECTIONAL,
    REVERSED,
    VECTORS,
    VECTORS_IN_LAYERS
  }

  /** Every cell and encoder, with attention and without; what else there is goes round. */
  static List<EncoderDecoderCase> all() {
    List<EncoderDecoderCase> cases = new ArrayList<>();
    for (Cell cell : Cell.values()) {
      for (Encoder encoder : Encoder.values()) {
        for (boolean attends : new boolean[] {false, true}) {
          int number = cases.size();
          if (!attends || encoder != Encoder.REVERSED) {
            cases.add(
                new EncoderDecoderCase(
                    cell,
                    encoder,
                    SUMMARIES.get(number % SUMMARIES.size()),
                    attends,
                    OPTIONS.get(number / 2 % OPTIONS.size()),
                    1 + number / 2 % 2,
                    number % 4 < 2,
                    DROPOUTS.get(number % DROPOUTS.size()),
                    number % 3 == 0 ? 0.2 : 0));
          }
        }
      }
    }
    return cases;
  }

  EncoderDecoderArchitecture architecture() {
    boolean vectors = encoder == Encoder.VECTORS || encoder == Encoder.VECTORS_IN_LAYERS;
    Reader reader =
        new Reader(
            vectors ? new Numbers(NUMBERS) : new Tokens(SOURCES, EMBEDDING, Optional.empty()),
            encoder == Encoder.VECTORS
                ? null
                : new Stack(cell, 3, layers, encoder == Encoder.BIDIRECTIONAL, Connections.PLAIN),
            encoder == Encoder.REVERSED,
            EMBEDDING);
    Stack stack = new Stack(cell, 4, layers, false, Connections.PLAIN);
    return new EncoderDecoderArchitecture(
        reader,
        new Writer(stack, TARGETS, EMBEDDING, tied),
        summary,
        attends ? new Attending(5, options) : Attending.NONE,
        dropout,
        smoothing);
  }

  DropoutMasks masks() {
    return dropout.any() ? new DropoutMasks(11, 3, 5) : DropoutMasks.NONE;
  }

  float[] parameters() {
    return ModelCase.normal(architecture().layout().size(), 0.6, 1);
  }

  /** In descending order of their sources' lengths, but the last two; texts of any length. */
  List<Example> examples() {
    Random random = new Random(3);
    List<Example> examples = new ArrayList<>();
    int[] words = {2, 4, 0};
    int[] steps = {TIME, 2, 4};
    for (int b = 0; b < steps.length; b++) {
      examples.add(example(steps[b], words[b], random));
    }
    return examples;
  }

  private Example example(int steps, int words, Random random) {
    int[] text = new int[words + 2];
    text[0] = BEGIN;
    text[words + 1] = END;
    for (int t = 1; t <= words; t++) {
      text[t] = random.nextInt(TARGETS);
    }
    if (architecture().vectorSize() == 0) {
      return Example.ofTokens(random.ints(steps, 0, SOURCES).toArray(), text);
    }
    float[] values = new float[steps * NUMBERS];
    for (int x = 0; x < values.length; x++) {
      values[x] = (float) random.nextGaussian();
    }
    return Example.ofVectors(steps, values, text);
  }

  Window window(List<Example> examples) {
    Window window = new Window(TIME + 2, BATCH + 1, architecture().vectorSize());
    int longest = examples.stream().mapToInt(Example::steps).max().orElseThrow();
    int texts = examples.stream().mapToInt(example -> example.targets().length).max().orElseThrow();
    window.beginTexts(longest, texts - 1, examples.size());
    for (int b = 0; b < examples.size(); b++) {
      window.putText(b, examples.get(b));
    }
    return window;
  }
}
