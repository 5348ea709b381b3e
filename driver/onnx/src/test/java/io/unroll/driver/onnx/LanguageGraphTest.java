package io.unroll.driver.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.model.Connections;
import io.unroll.worker.model.Dropouts;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Language models say the same in ONNX Runtime: whole sequences, and step by step. */
class LanguageGraphTest {
  private static final int VOCABULARY = 11;
  private static final int HIDDEN = 6;
  private static final int TIME = 7;
  private static final int BATCH = 3;
  private static final float TOLERANCE = 2e-6f;

  static Stream<LanguageArchitecture> models() {
    return Stream.of(Cell.values())
        .flatMap(
            cell ->
                Stream.of(
                    model(cell, 1, 4, false, Connections.PLAIN),
                    model(cell, 2, HIDDEN, true, Connections.PLAIN),
                    model(cell, 3, 4, false, Connections.PLAIN),
                    model(cell, 3, 4, false, Connections.RESIDUAL),
                    model(cell, 3, 4, false, Connections.SKIP)));
  }

  private static LanguageArchitecture model(
      Cell cell, int layers, int embedding, boolean tied, Connections connections) {
    return new LanguageArchitecture(
        cell, VOCABULARY, embedding, HIDDEN, layers, Dropouts.ofLayers(0.3), tied, connections);
  }

  @ParameterizedTest
  @MethodSource("models")
  void saysTheSame(LanguageArchitecture architecture) throws OrtException, IOException {
    float[] parameters = Graphs.parameters(architecture);
    Window window = window();
    LanguageModel model = architecture.model(TIME, BATCH, Cores.one(new PlainKernels()));
    model.use(parameters);
    float[] state = new float[architecture.stateSize() * BATCH];
    float[] logits = new float[TIME * BATCH * VOCABULARY];
    model.logits(window, state, logits);

    try (OrtSession session = Graphs.session(architecture, parameters)) {
      var whole = new Served(session, architecture);
      assertArrayEquals(logits, whole.next(window.inputs(), TIME), TOLERANCE);
      assertArrayEquals(state, whole.state(), TOLERANCE);
      var steps = new Served(session, architecture);
      float[] one = new float[BATCH * VOCABULARY];
      for (int t = 0; t < TIME; t++) {
        int[] tokens = new int[BATCH];
        System.arraycopy(window.inputs(), t * BATCH, tokens, 0, BATCH);
        System.arraycopy(logits, t * one.length, one, 0, one.length);
        assertArrayEquals(one, steps.next(tokens, 1), TOLERANCE, "step " + t);
      }
      assertArrayEquals(state, steps.state(), TOLERANCE);
    }
  }

  private static Window window() {
    Window window = new Window(TIME, BATCH);
    window.begin(TIME, BATCH, true);
    Random random = new Random(7);
    for (int x = 0; x < TIME * BATCH; x++) {
      window.inputs()[x] = random.nextInt(VOCABULARY);
    }
    return window;
  }

  /** A session that hands its state from call to call, as a service does. */
  private static final class Served {
    private final OrtSession session;
    private final LanguageArchitecture model;
    private final Map<String, float[]> states = new HashMap<>();

    Served(OrtSession session, LanguageArchitecture model) {
      this.session = session;
      this.model = model;
      names().forEach(name -> states.put(name, new float[model.layers() * BATCH * HIDDEN]));
    }

    private List<String> names() {
      return model.cell() == Cell.LSTM ? List.of("h", "c") : List.of("h");
    }

    float[] next(int[] tokens, int time) throws OrtException {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      Map<String, OnnxTensor> read = new HashMap<>();
      LongBuffer ids = LongBuffer.allocate(time * BATCH);
      for (int x = 0; x < time * BATCH; x++) {
        ids.put(x, tokens[x]);
      }
      read.put("tokens", OnnxTensor.createTensor(environment, ids, new long[] {time, BATCH}));
      long[] shape = {model.layers(), BATCH, HIDDEN};
      for (String name : names()) {
        FloatBuffer state = FloatBuffer.wrap(states.get(name));
        read.put(name + "_in", OnnxTensor.createTensor(environment, state, shape));
      }
      try (OrtSession.Result result = session.run(read)) {
        for (String name : names()) {
          states.put(name, Graphs.floats(result, name + "_out"));
        }
        return Graphs.floats(result, "logits");
      } finally {
        read.values().forEach(OnnxTensor::close);
      }
    }

    /** As the worker has it: (layer, h|c, B, H). */
    float[] state() {
      int block = BATCH * HIDDEN;
      List<String> names = names();
      float[] state = new float[model.layers() * names.size() * block];
      for (int layer = 0; layer < model.layers(); layer++) {
        for (int part = 0; part < names.size(); part++) {
          int to = (layer * names.size() + part) * block;
          System.arraycopy(states.get(names.get(part)), layer * block, state, to, block);
        }
      }
      return state;
    }
  }
}
