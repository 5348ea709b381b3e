package io.unroll.driver.graph;

import io.unroll.dataprep.DataException;
import io.unroll.driver.graph.GraphRuntime.Floats;
import io.unroll.driver.graph.GraphRuntime.Ints;
import io.unroll.driver.graph.GraphRuntime.Longs;
import io.unroll.driver.graph.GraphRuntime.Value;
import io.unroll.driver.model.TrainedModel;
import io.unroll.worker.data.Example;
import io.unroll.worker.data.Window;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.EncoderDecoder;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.Labeler;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.IntStream;

/**
 * Compares what a runtime computes of a model's graph with what the worker computes. Each step of a
 * language model begins from the worker's state: differences of rounding would grow over a
 * sequence.
 */
public final class GraphVerification {
  private static final int STEPS = 32;
  private static final int BATCH = 2;

  /** Of a logit, in parts of the largest of its row, or of 1. */
  private static final double TOLERANCE = 1e-4;

  private final GraphRuntime runtime;
  private final TrainedModel model;
  private final RandomStream random = new RandomStream(1, Purpose.SAMPLING, 0, 0);
  private double largest;

  /**
   * What was found.
   *
   * @param runtime name and version
   * @param rows of logits that were compared
   * @param difference the largest, in parts of the largest logit of a row, or of 1
   */
  public record Result(String runtime, int rows, double difference) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s says the same: of %d rows of logits, the largest difference is %.1e",
          runtime,
          rows,
          difference);
    }
  }

  /** What computes graphs, if the class path has it. */
  public static Optional<GraphRuntime> runtime() {
    return ServiceLoader.load(GraphRuntime.class).findFirst();
  }

  public GraphVerification(GraphRuntime runtime, TrainedModel model) {
    this.runtime = runtime;
    this.model = model;
  }

  /**
   * Compares some random input.
   *
   * @throws DataException if they differ
   */
  public Result run() {
    int rows;
    if (model.architecture() instanceof EncoderDecoderArchitecture writer) {
      rows = compare(writer);
    } else {
      try (GraphRuntime.Opened graph = runtime.open(OnnxFormat.encoded(model, ""))) {
        rows =
            model.architecture() instanceof LabelerArchitecture labeler
                ? compare(labeler, graph)
                : compare(model.language(), graph);
      }
    }
    if (!(largest <= TOLERANCE)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot write the model %s as ONNX: %s computes other logits, by up to %.1e of the largest of a row (expected at most %.0e)",
              model.uri(),
              runtime.version(),
              largest,
              TOLERANCE));
    }
    return new Result(runtime.version(), rows, largest);
  }

  /** The decoder's graph reads what the encoder's says, and the worker's state. */
  private int compare(EncoderDecoderArchitecture architecture) {
    EncoderDecoder worker = architecture.model(STEPS, BATCH, Cores.one(KernelChoice.fastest()));
    worker.use(model.parameters());
    Window window = window(architecture);
    var states = new CarriedStates(architecture.writer().stack(), BATCH);
    worker.read(window, states.values());
    Map<String, float[]> said;
    try (GraphRuntime.Opened encoder =
        runtime.open(OnnxFormat.encoded(model, OnnxFormat.ENCODER))) {
      said = encoder.run(read(architecture.vectorSize(), window));
    }
    compareStates(states, said, "_0");
    var told = new EncodedSource(architecture, said, window.lengths());
    try (GraphRuntime.Opened decoder =
        runtime.open(OnnxFormat.encoded(model, OnnxFormat.DECODER))) {
      float[] logits = new float[BATCH * architecture.writer().vocabulary()];
      int[] sources = IntStream.range(0, BATCH).toArray();
      for (int step = 0; step < STEPS; step++) {
        int[] tokens = tokens(BATCH, architecture.writer().vocabulary());
        Map<String, Value> inputs = new HashMap<>(states.inputs());
        inputs.putAll(told.inputs());
        inputs.put("tokens", new Longs(longs(tokens), BATCH));
        worker.write(tokens, sources, BATCH, states.values(), logits);
        Map<String, float[]> found = decoder.run(inputs);
        compare(logits, found.get("logits"), BATCH, row -> true);
        compareStates(states, found, "_out");
      }
    }
    return STEPS * BATCH;
  }

  private void compareStates(CarriedStates states, Map<String, float[]> found, String suffix) {
    states
        .inputs()
        .forEach(
            (name, value) ->
                compare(
                    value.numbers(),
                    found.get(name.replace("_in", suffix)),
                    states.layers() * BATCH,
                    row -> true));
  }

  private int compare(LanguageArchitecture architecture, GraphRuntime.Opened graph) {
    LanguageModel worker = architecture.model(1, BATCH, Cores.one(KernelChoice.fastest()));
    worker.use(model.parameters());
    var states = new CarriedStates(architecture.stack(), BATCH);
    float[] logits = new float[BATCH * architecture.vocabulary()];
    for (int step = 0; step < STEPS; step++) {
      int[] tokens = tokens(BATCH, architecture.vocabulary());
      Map<String, Value> inputs = new HashMap<>(states.inputs());
      inputs.put("tokens", new Longs(longs(tokens), 1, BATCH));
      worker.predict(tokens, BATCH, states.values(), logits);
      Map<String, float[]> found = graph.run(inputs);
      compare(logits, found.get("logits"), BATCH, row -> true);
      compareStates(states, found, "_out");
    }
    return STEPS * BATCH;
  }

  private int[] tokens(int count, int vocabulary) {
    return IntStream.generate(() -> random.nextInt(vocabulary)).limit(count).toArray();
  }

  private static long[] longs(int[] numbers) {
    return Arrays.stream(numbers).asLongStream().toArray();
  }

  private int compare(LabelerArchitecture architecture, GraphRuntime.Opened graph) {
    Window window = window(architecture);
    Labeler worker = architecture.model(STEPS, BATCH, Cores.one(KernelChoice.fastest()));
    worker.use(model.parameters());
    float[] logits = new float[window.targetRows() * architecture.labels()];
    worker.logits(window, logits);
    int[] lengths = window.lengths();
    Map<String, float[]> found = graph.run(read(architecture.vectorSize(), window));
    compare(
        logits,
        found.get("logits"),
        window.targetRows(),
        row -> architecture.isPooled() || row / BATCH < lengths[row % BATCH]);
    return window.targetRows();
  }

  /** What a graph reads of sequences. */
  private static Map<String, Value> read(int vectorSize, Window window) {
    return Map.of(
        "lengths",
        new Ints(window.lengths(), BATCH),
        vectorSize > 0 ? "values" : "tokens",
        vectorSize > 0
            ? new Floats(window.vectors(), STEPS, BATCH, vectorSize)
            : new Longs(longs(window.inputs()), STEPS, BATCH));
  }

  /** Sequences of random content, each shorter than the one before. */
  private Window window(LabelerArchitecture architecture) {
    Window window = new Window(STEPS, BATCH, architecture.vectorSize());
    window.beginExamples(STEPS, BATCH, architecture.isPooled());
    for (int b = 0; b < BATCH; b++) {
      int[] targets = new int[architecture.isPooled() ? 1 : STEPS - b];
      window.put(b, example(architecture.source(), architecture.vectorSize(), STEPS - b, targets));
    }
    return window;
  }

  private Window window(EncoderDecoderArchitecture architecture) {
    int size = architecture.vectorSize();
    Window window = new Window(STEPS, BATCH, size);
    window.beginTexts(STEPS, 1, BATCH);
    for (int b = 0; b < BATCH; b++) {
      window.put(b, example(architecture.reader().source(), size, STEPS - b, new int[1]));
    }
    return window;
  }

  private Example example(
      LabelerArchitecture.Source source, int vectorSize, int steps, int[] targets) {
    return source instanceof LabelerArchitecture.Tokens tokens
        ? Example.ofTokens(tokens(steps, tokens.vocabulary()), targets)
        : Example.ofVectors(steps, numbers(steps * vectorSize), targets);
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int x = 0; x < count; x++) {
      numbers[x] = (float) (2 * random.nextDouble() - 1);
    }
    return numbers;
  }

  private interface Compared {
    boolean is(int row);
  }

  private void compare(float[] expected, float[] found, int rows, Compared compared) {
    if (found == null || found.length != expected.length) {
      largest = Double.POSITIVE_INFINITY;
      return;
    }
    int size = expected.length / rows;
    for (int row = 0; row < rows; row++) {
      if (compared.is(row)) {
        compareRow(expected, found, row * size, size);
      }
    }
  }

  private void compareRow(float[] expected, float[] found, int from, int size) {
    double scale = 1;
    double difference = 0;
    for (int x = from; x < from + size; x++) {
      scale = Math.max(scale, Math.abs(expected[x]));
      // Math.max keeps NaN.
      difference = Math.max(difference, Math.abs((double) expected[x] - found[x]));
    }
    largest = Math.max(largest, difference / scale);
  }
}
