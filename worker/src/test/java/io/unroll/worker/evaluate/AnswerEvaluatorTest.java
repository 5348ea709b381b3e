package io.unroll.worker.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.decode.Sampler;
import io.unroll.worker.decode.SamplingOptions;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.model.Tally;
import io.unroll.worker.parallel.Cores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Answers by the right tokens before each, and answers as a model writes them. */
class AnswerEvaluatorTest {
  private static final int VOCABULARY = 5;
  private static final int END = 1;

  private final LanguageArchitecture architecture =
      new LanguageArchitecture(Cell.GRU, VOCABULARY, 4, 6, 1, 0, false);
  private final float[] parameters = parameters();
  private final Cores cores = Cores.one(KernelChoice.forLittleWork());

  /** Random ones, but the output layer's bias lets texts end now and then. */
  private float[] parameters() {
    float[] initial = architecture.layout().initialParameters(3);
    initial[initial.length - VOCABULARY + END] = 0.3f;
    return initial;
  }

  /** Prompts of 1 to 99 tokens, some of them answered as the model does. */
  private List<Segment> sequences() {
    Random random = new Random(4);
    Sampler sampler = new Sampler(model(), SamplingOptions.likeliest());
    List<Segment> sequences = new ArrayList<>();
    for (int x = 0; x < 150; x++) {
      int[] prompt = random.ints(1 + random.nextInt(99), 2, VOCABULARY).toArray();
      int[] answer =
          x % 3 == 0
              ? random.ints(1 + random.nextInt(2), 2, VOCABULARY).toArray()
              : sampler.sample(prompt, 70, END);
      int[] end = {END};
      int[] tokens = Stream.of(prompt, answer, end).flatMapToInt(Arrays::stream).toArray();
      sequences.add(Segment.ofSequence(tokens, prompt.length - 1));
    }
    return sequences;
  }

  private LanguageModel model() {
    LanguageModel model = new LanguageModel(architecture, 1, 1, cores);
    model.use(parameters);
    return model;
  }

  @Test
  void exactAnswersAreThoseThatTheModelWrites() {
    List<Segment> sequences = sequences();
    List<Tally> tallies = new AnswerEvaluator(architecture, parameters, cores).tallies(sequences);
    Sampler sampler = new Sampler(model(), SamplingOptions.likeliest());
    int exact = 0;
    for (int x = 0; x < sequences.size(); x++) {
      Segment sequence = sequences.get(x);
      int[] prompt = Arrays.copyOf(sequence.tokens(), sequence.context() + 1);
      int[] right =
          Arrays.copyOfRange(sequence.tokens(), prompt.length, sequence.tokens().length - 1);
      int[] written = sampler.sample(prompt, right.length + 1, END);
      assertEquals(Arrays.equals(right, written) ? 1 : 0, tallies.get(x).exact(), "sequence " + x);
      exact += (int) tallies.get(x).exact();
    }
    assertTrue(exact > 0 && exact < sequences.size(), exact + " exact");
  }

  @Test
  void lossesAreThoseOfTheEvaluator() {
    List<Segment> sequences = sequences();
    LanguageModel model = new LanguageModel(architecture, 16, 8, cores);
    model.use(parameters);
    List<Tally> expected = new Evaluator(model, 16, 8).losses(sequences);
    List<Tally> tallies = new AnswerEvaluator(architecture, parameters, cores).tallies(sequences);
    for (int x = 0; x < sequences.size(); x++) {
      assertEquals(expected.get(x).predictions(), tallies.get(x).predictions());
      assertEquals(expected.get(x).loss(), tallies.get(x).loss(), 1e-5 * expected.get(x).loss());
    }
  }

  @Test
  void aSequenceIsMeasuredAsItWouldBeAlone() {
    List<Segment> sequences = sequences();
    AnswerEvaluator evaluator = new AnswerEvaluator(architecture, parameters, cores);
    Tally[] together = evaluator.tallies(sequences).toArray(Tally[]::new);
    Tally[] alone =
        sequences.stream()
            .map(sequence -> evaluator.tallies(List.of(sequence)).get(0))
            .toArray(Tally[]::new);
    assertArrayEquals(alone, together);
  }
}
