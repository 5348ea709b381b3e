package io.unroll.driver.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.unroll.driver.graph.OnnxFormat;
import io.unroll.worker.data.Example;
import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.Pooling;
import io.unroll.worker.layer.WordDropout;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.model.Connections;
import io.unroll.worker.model.Dropouts;
import io.unroll.worker.model.Labeler;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.LabelerArchitecture.Characters;
import io.unroll.worker.model.LabelerArchitecture.Numbers;
import io.unroll.worker.model.LabelerArchitecture.Source;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.model.Stack;
import io.unroll.worker.parallel.Cores;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Classifiers and taggers say the same in ONNX Runtime, of sequences of several lengths. */
class LabelerGraphTest {
  private static final int[] LENGTHS = {5, 2, 4, 1};
  private static final int TIME = 5;
  private static final int BATCH = LENGTHS.length;
  private static final int VOCABULARY = 9;
  private static final int LABELS = 4;
  private static final float TOLERANCE = 2e-6f;
  private static final Source TOKENS = new Tokens(VOCABULARY, 3, Optional.empty());

  static Stream<LabelerArchitecture> models() {
    List<Pooling> all = List.of(Pooling.LAST, Pooling.MEAN, Pooling.MAX);
    return Stream.of(Cell.values())
        .flatMap(
            cell ->
                Stream.of(
                    model(TOKENS, cell, 1, false, Connections.PLAIN, List.of(Pooling.LAST)),
                    model(TOKENS, cell, 2, true, Connections.PLAIN, List.of(Pooling.LAST)),
                    model(TOKENS, cell, 3, true, Connections.SKIP, all),
                    model(TOKENS, cell, 3, true, Connections.RESIDUAL, all),
                    model(TOKENS, cell, 2, true, Connections.PLAIN, List.of()),
                    model(new Numbers(3), cell, 1, true, Connections.PLAIN, all),
                    model(new Numbers(3), cell, 2, false, Connections.SKIP, List.of())));
  }

  private static LabelerArchitecture model(
      Source source,
      Cell cell,
      int layers,
      boolean bidirectional,
      Connections connections,
      List<Pooling> pooling) {
    Stack stack = new Stack(cell, 5, layers, bidirectional, connections);
    Dropouts dropout = new Dropouts(0.1, 0.2, false, WordDropout.NONE);
    return new LabelerArchitecture(source, stack, LABELS, pooling, dropout);
  }

  @ParameterizedTest
  @MethodSource("models")
  void saysTheSame(LabelerArchitecture architecture) throws OrtException, IOException {
    float[] parameters = Graphs.parameters(architecture);
    Window window = window(architecture);
    Labeler model = architecture.model(TIME, BATCH, Cores.one(new PlainKernels()));
    model.use(parameters);
    float[] logits = new float[window.targetRows() * LABELS];
    model.logits(window, logits);

    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    boolean vectors = architecture.vectorSize() > 0;
    LongBuffer ids = LongBuffer.allocate(TIME * BATCH);
    Arrays.stream(window.inputs()).forEach(ids::put);
    long[] shape = {TIME, BATCH};
    try (OrtSession session = Graphs.session(architecture, parameters);
        OnnxTensor read =
            vectors
                ? OnnxTensor.createTensor(
                    environment,
                    FloatBuffer.wrap(window.vectors()),
                    new long[] {TIME, BATCH, architecture.vectorSize()})
                : OnnxTensor.createTensor(environment, ids.flip(), shape);
        OnnxTensor lengths =
            OnnxTensor.createTensor(environment, IntBuffer.wrap(LENGTHS), new long[] {BATCH});
        OrtSession.Result result =
            session.run(Map.of(vectors ? "values" : "tokens", read, "lengths", lengths))) {
      float[] served = Graphs.floats(result, "logits");
      assertEquals(logits.length, served.length);
      for (int row = 0; row < window.targetRows(); row++) {
        if (architecture.isPooled() || row / BATCH < LENGTHS[row % BATCH]) {
          assertArrayEquals(row(logits, row), row(served, row), TOLERANCE, "row " + row);
        }
      }
    }
  }

  private static float[] row(float[] logits, int row) {
    return Arrays.copyOfRange(logits, row * LABELS, (row + 1) * LABELS);
  }

  private static Window window(LabelerArchitecture architecture) {
    Window window = new Window(TIME, BATCH, architecture.vectorSize());
    window.beginExamples(TIME, BATCH, architecture.isPooled());
    Random random = new Random(5);
    for (int b = 0; b < BATCH; b++) {
      int[] targets = new int[architecture.isPooled() ? 1 : LENGTHS[b]];
      float[] values = new float[LENGTHS[b] * architecture.vectorSize()];
      for (int x = 0; x < values.length; x++) {
        values[x] = (float) random.nextGaussian();
      }
      int[] tokens = random.ints(LENGTHS[b], 0, VOCABULARY).toArray();
      window.put(
          b,
          architecture.vectorSize() > 0
              ? Example.ofVectors(LENGTHS[b], values, targets)
              : Example.ofTokens(tokens, targets));
    }
    return window;
  }

  @Test
  void refusesWhatReadsCharacters() {
    Source spelt = new Tokens(VOCABULARY, 3, Optional.of(new Characters(7, 2, 3)));
    LabelerArchitecture model =
        model(spelt, Cell.LSTM, 1, true, Connections.PLAIN, List.of(Pooling.LAST));
    assertTrue(new OnnxFormat().refusal(model).orElseThrow().contains("model.character-hidden 0"));
  }
}
