package io.unroll.worker.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.worker.data.Example;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.Connections;
import io.unroll.worker.model.Dropouts;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.EncoderDecoderArchitecture.Attending;
import io.unroll.worker.model.EncoderDecoderArchitecture.Reader;
import io.unroll.worker.model.EncoderDecoderArchitecture.Writer;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.model.Stack;
import io.unroll.worker.model.Summary;
import io.unroll.worker.parallel.Cores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts about many sources are those about each of them alone, however long the others are. */
class TextDecoderTest {
  private static final int VOCABULARY = 9;
  private static final BeamTokens TOKENS = new BeamTokens(0, 1, OptionalInt.empty());

  private static final EncoderDecoderArchitecture ARCHITECTURE =
      new EncoderDecoderArchitecture(
          new Reader(
              new Tokens(VOCABULARY, 3, Optional.empty()),
              new Stack(Cell.GRU, 3, 1, true, Connections.PLAIN),
              false,
              3),
          new Writer(new Stack(Cell.GRU, 4, 1, false, Connections.PLAIN), VOCABULARY, 3, false),
          Summary.START,
          Attending.of(5),
          Dropouts.NONE,
          0);

  private final Random random = new Random(5);

  private TextDecoder decoder(DecodingOptions options) {
    Random normal = new Random(2);
    float[] parameters = new float[ARCHITECTURE.layout().size()];
    for (int x = 0; x < parameters.length; x++) {
      parameters[x] = (float) normal.nextGaussian();
    }
    return new TextDecoder(
        ARCHITECTURE, parameters, TOKENS, options, Cores.one(KernelChoice.fastest()));
  }

  private Example source(int steps) {
    return Example.ofTokens(random.ints(steps, 2, VOCABULARY).toArray(), new int[0]);
  }

  /** The long ones go one by one or by twos, and the short ones by more than a hundred. */
  private List<Example> sources() {
    List<Example> sources = new ArrayList<>();
    for (int x = 0; x < 200; x++) {
      sources.add(source(1 + x % 9));
    }
    sources.add(70, source(9000));
    sources.add(source(2000));
    return sources;
  }

  private void saysTheSameAboutEachAlone(DecodingOptions options) {
    List<Example> sources = sources();
    TextDecoder together = decoder(options);
    List<List<Hypothesis>> first = together.write(sources);
    List<List<Hypothesis>> second = together.write(sources);
    for (int x = 0; x < sources.size(); x++) {
      List<Hypothesis> alone = decoder(options).write(List.of(sources.get(x))).get(0);
      assertSame(alone, first.get(x));
      assertSame(alone, second.get(x));
    }
  }

  private static void assertSame(List<Hypothesis> expected, List<Hypothesis> found) {
    assertEquals(expected.size(), found.size());
    for (int x = 0; x < expected.size(); x++) {
      assertArrayEquals(expected.get(x).tokens(), found.get(x).tokens());
      assertEquals(expected.get(x).logProbability(), found.get(x).logProbability(), 0);
      assertArrayEquals(expected.get(x).attention(), found.get(x).attention());
    }
  }

  @Test
  void theLikeliestTokensAreThoseOfEachAlone() {
    saysTheSameAboutEachAlone(new DecodingOptions(1, 1, 1, 0, 12));
  }

  @Test
  void theBestOfABeamAreThoseOfEachAlone() {
    saysTheSameAboutEachAlone(new DecodingOptions(3, 3, 1, 0, 12));
  }
}
