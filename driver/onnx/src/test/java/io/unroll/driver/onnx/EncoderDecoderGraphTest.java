package io.unroll.driver.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.unroll.worker.data.Example;
import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Attention;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.WordDropout;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.model.Connections;
import io.unroll.worker.model.Dropouts;
import io.unroll.worker.model.EncoderDecoder;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.EncoderDecoderArchitecture.Attending;
import io.unroll.worker.model.EncoderDecoderArchitecture.Reader;
import io.unroll.worker.model.EncoderDecoderArchitecture.Writer;
import io.unroll.worker.model.LabelerArchitecture.Numbers;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.model.Stack;
import io.unroll.worker.model.Summary;
import io.unroll.worker.parallel.Cores;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Encoder-decoders write the same in ONNX Runtime, about sources of several lengths. */
class EncoderDecoderGraphTest {
  private static final int[] LENGTHS = {5, 2, 4, 1};
  private static final int TIME = 5;
  private static final int BATCH = LENGTHS.length;
  private static final int SOURCES = 9;
  private static final int TARGETS = 7;
  private static final int NUMBERS = 3;
  private static final int EMBEDDING = 3;
  private static final int STEPS = 4;
  private static final float TOLERANCE = 3e-6f;

  /** How a model reads. */
  private enum Read {
    FORWARD,
    REVERSED,
    BIDIRECTIONAL,
    VECTORS
  }

  static Stream<EncoderDecoderArchitecture> models() {
    Attending plain = new Attending(5, Attention.Options.NONE);
    Attending gated = new Attending(5, new Attention.Options(true, 0.5));
    return Stream.of(Cell.values())
        .flatMap(
            cell ->
                Stream.of(
                    model(cell, Read.FORWARD, 1, Summary.START, Attending.NONE, true),
                    model(cell, Read.REVERSED, 2, Summary.BOTH, Attending.NONE, false),
                    model(cell, Read.BIDIRECTIONAL, 1, Summary.START, plain, true),
                    model(cell, Read.BIDIRECTIONAL, 2, Summary.EVERY_STEP, gated, false),
                    model(cell, Read.VECTORS, 1, Summary.EVERY_STEP, Attending.NONE, true),
                    model(cell, Read.VECTORS, 3, Summary.BOTH, gated, true)));
  }

  private static EncoderDecoderArchitecture model(
      Cell cell, Read read, int layers, Summary summary, Attending attending, boolean tied) {
    boolean vectors = read == Read.VECTORS;
    Stack encoder = new Stack(cell, 4, layers, read == Read.BIDIRECTIONAL, Connections.PLAIN);
    Reader reader =
        new Reader(
            vectors ? new Numbers(NUMBERS) : new Tokens(SOURCES, EMBEDDING, Optional.empty()),
            vectors ? null : encoder,
            read == Read.REVERSED,
            EMBEDDING);
    return new EncoderDecoderArchitecture(
        reader,
        new Writer(new Stack(cell, 5, layers, false, Connections.PLAIN), TARGETS, EMBEDDING, tied),
        summary,
        attending,
        new Dropouts(0.1, 0.2, false, WordDropout.NONE),
        0.1);
  }

  @ParameterizedTest
  @MethodSource("models")
  void writesTheSame(EncoderDecoderArchitecture architecture) throws OrtException, IOException {
    float[] parameters = Graphs.parameters(architecture);
    EncoderDecoder model = architecture.model(TIME, BATCH, Cores.one(new PlainKernels()));
    model.use(parameters);
    Window window = window(architecture);
    Stack stack = architecture.writer().stack();
    float[] state = new float[stack.stateSize() * BATCH];
    model.read(window, state);
    try (OrtSession encoder = Graphs.session(architecture, parameters, "encoder");
        OrtSession decoder = Graphs.session(architecture, parameters, "decoder");
        OrtSession.Result read = encoder.run(source(window, architecture.vectorSize()))) {
      List<String> names = stack.cell() == Cell.LSTM ? List.of("h", "c") : List.of("h");
      Map<String, float[]> carried = new HashMap<>();
      for (String name : names) {
        carried.put(name, Graphs.floats(read, name + "_0"));
      }
      Map<String, OnnxTensor> told = new HashMap<>();
      for (String name : List.of("memory", "keys", "summary")) {
        read.get(name).ifPresent(value -> told.put(name, (OnnxTensor) value));
      }
      if (architecture.attends()) {
        told.put("lengths", ints(LENGTHS));
      }
      int[] rows = IntStream.range(0, BATCH).toArray();
      Random random = new Random(7);
      for (int step = 0; step < STEPS; step++) {
        assertStates(state, carried, names, stack);
        int[] tokens = random.ints(BATCH, 0, TARGETS).toArray();
        float[] logits = new float[BATCH * TARGETS];
        model.write(tokens, rows, BATCH, state, logits);
        Map<String, OnnxTensor> inputs = new HashMap<>(told);
        inputs.put("tokens", longs(tokens, BATCH));
        for (String name : names) {
          inputs.put(
              name + "_in", floats(carried.get(name), stack.layers(), BATCH, stack.hidden()));
        }
        try (OrtSession.Result found = decoder.run(inputs)) {
          assertArrayEquals(logits, Graphs.floats(found, "logits"), TOLERANCE, "step " + step);
          for (String name : names) {
            carried.put(name, Graphs.floats(found, name + "_out"));
          }
          if (architecture.attends()) {
            assertAttention(model, Graphs.floats(found, "attention"));
          }
        }
      }
    }
  }

  /** The worker's are (layer, h|c, B, H). */
  private static void assertStates(
      float[] state, Map<String, float[]> carried, List<String> names, Stack stack) {
    int block = BATCH * stack.hidden();
    for (int layer = 0; layer < stack.layers(); layer++) {
      for (int part = 0; part < names.size(); part++) {
        int from = (layer * names.size() + part) * block;
        float[] own = carried.get(names.get(part));
        assertArrayEquals(
            Arrays.copyOfRange(state, from, from + block),
            Arrays.copyOfRange(own, layer * block, (layer + 1) * block),
            TOLERANCE,
            names.get(part) + " of layer " + layer);
      }
    }
  }

  private static void assertAttention(EncoderDecoder model, float[] found) {
    for (int b = 0; b < BATCH; b++) {
      float[] weights = model.attention(b, b);
      assertEquals(LENGTHS[b], weights.length);
      for (int s = 0; s < TIME; s++) {
        assertEquals(s < LENGTHS[b] ? weights[s] : 0, found[s * BATCH + b], 1e-6);
      }
    }
  }

  private static Map<String, OnnxTensor> source(Window window, int vectorSize) throws OrtException {
    return Map.of(
        "lengths",
        ints(LENGTHS),
        vectorSize > 0 ? "values" : "tokens",
        vectorSize > 0
            ? floats(window.vectors(), TIME, BATCH, vectorSize)
            : longs(window.inputs(), TIME, BATCH));
  }

  private static OnnxTensor floats(float[] values, long... shape) throws OrtException {
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(), FloatBuffer.wrap(values), shape);
  }

  private static OnnxTensor ints(int[] values) throws OrtException {
    long[] shape = {values.length};
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), IntBuffer.wrap(values), shape);
  }

  private static OnnxTensor longs(int[] values, long... shape) throws OrtException {
    long[] longs = Arrays.stream(values).asLongStream().toArray();
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), LongBuffer.wrap(longs), shape);
  }

  private static Window window(EncoderDecoderArchitecture architecture) {
    int size = architecture.vectorSize();
    Window window = new Window(TIME, BATCH, size);
    window.beginTexts(TIME, 1, BATCH);
    Random random = new Random(5);
    for (int b = 0; b < BATCH; b++) {
      float[] values = new float[LENGTHS[b] * size];
      for (int x = 0; x < values.length; x++) {
        values[x] = (float) random.nextGaussian();
      }
      int[] tokens = random.ints(LENGTHS[b], 0, SOURCES).toArray();
      window.put(
          b,
          size > 0
              ? Example.ofVectors(LENGTHS[b], values, new int[1])
              : Example.ofTokens(tokens, new int[1]));
    }
    return window;
  }
}
