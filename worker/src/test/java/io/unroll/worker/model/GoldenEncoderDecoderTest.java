package io.unroll.worker.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.unroll.worker.data.Example;
import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Attention;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.EncoderDecoderArchitecture.Attending;
import io.unroll.worker.model.EncoderDecoderArchitecture.Reader;
import io.unroll.worker.model.EncoderDecoderArchitecture.Writer;
import io.unroll.worker.model.LabelerArchitecture.Numbers;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.parallel.Cores;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encoder-decoders against PyTorch on padded batches; see {@code src/test/golden}. */
class GoldenEncoderDecoderTest {
  /** Float rounding: PyTorch computed these values, all of order 1, in float64. */
  private static final double TOLERANCE = 3e-6;

  @ParameterizedTest
  @ValueSource(strings = {"gru-attention", "lstm-both", "vectors", "gated"})
  void namesShapesLossesLogitsAndGradientsAreThoseOfPyTorch(String name) throws IOException {
    JsonNode golden = golden(name);
    EncoderDecoderArchitecture architecture = architecture(golden);
    List<String> expected = new ArrayList<>();
    golden.path("shapes").properties().forEach(e -> expected.add(e.getKey() + e.getValue()));
    List<String> actual = new ArrayList<>();
    for (ParameterLayout.Tensor tensor : architecture.layout().tensors()) {
      String columns = tensor.columns() == 0 ? "" : "," + tensor.columns();
      actual.add(tensor.name() + "[" + tensor.rows() + columns + "]");
    }
    assertEquals(expected, actual);

    EncoderDecoder model = architecture.model(6, 4, Cores.one(KernelChoice.fastest()));
    model.use(parameters(golden, model.layout()));
    Window window = window(golden, architecture);
    checkLogits(golden, model, window);
    checkLosses(golden, model, window);
    checkGradients(golden, model, window);
  }

  /** Step by step, with the right tokens before each. */
  private static void checkLogits(JsonNode golden, EncoderDecoder model, Window window) {
    int batch = window.batch();
    int vocabulary = model.architecture().writer().vocabulary();
    float[] state = new float[batch * model.writerStateSize()];
    float[] logits = new float[batch * vocabulary];
    int[] sources = {0, 1, 2};
    model.read(window, state);
    for (int t = 0; t < window.targetTime(); t++) {
      int[] tokens = new int[batch];
      System.arraycopy(window.targetInputs(), t * batch, tokens, 0, batch);
      model.write(tokens, sources, batch, state, logits);
      for (int b = 0; b < batch; b++) {
        JsonNode row = golden.path("logits").path(b).path(t);
        for (int v = 0; v < vocabulary && t < golden.path("texts").path(b).asInt(); v++) {
          assertEquals(row.path(v).asDouble(), logits[b * vocabulary + v], TOLERANCE);
        }
      }
    }
  }

  private static void checkLosses(JsonNode golden, EncoderDecoder model, Window window) {
    double[] losses = new double[window.batch()];
    model.loss(window, losses);
    for (int b = 0; b < losses.length; b++) {
      assertEquals(golden.path("losses").path(b).asDouble(), losses[b], 1e-5);
    }
  }

  /** The loss is told without smoothing, and the gradient has it. */
  private static void checkGradients(JsonNode golden, EncoderDecoder model, Window window) {
    float[] gradient = new float[model.layout().size()];
    double loss =
        model.lossAndGradient(window, new float[0], DropoutMasks.NONE, new Gradient(gradient));
    double sum = 0;
    for (JsonNode one : golden.path("losses")) {
      sum += one.asDouble();
    }
    assertEquals(sum, loss, 1e-5);
    for (ParameterLayout.Tensor tensor : model.layout().tensors()) {
      JsonNode values = golden.path("gradients").path(tensor.name());
      assertEquals(tensor.size(), values.size());
      for (int x = 0; x < values.size(); x++) {
        String which = tensor.name() + "[" + x + "]";
        assertEquals(values.path(x).asDouble(), gradient[tensor.offset() + x], TOLERANCE, which);
      }
    }
  }

  private static EncoderDecoderArchitecture architecture(JsonNode golden) {
    JsonNode shape = golden.path("shape");
    JsonNode sizes = golden.path("sizes");
    Cell cell = Cell.of(shape.path("cell").asText());
    int embedding = sizes.path("embedding").asInt();
    int layers = shape.path("encoder_layers").asInt();
    boolean bidirectional = shape.path("bidirectional").asBoolean();
    int read = sizes.path("encoderHidden").asInt();
    Reader reader =
        new Reader(
            shape.path("source").asText().equals("vectors")
                ? new Numbers(sizes.path("numbers").asInt())
                : new Tokens(sizes.path("sources").asInt(), embedding, Optional.empty()),
            layers == 0 ? null : new Stack(cell, read, layers, bidirectional, Connections.PLAIN),
            shape.path("reversed").asBoolean(),
            embedding);
    int written = sizes.path("decoderHidden").asInt();
    int below = shape.path("decoder_layers").asInt();
    Stack stack = new Stack(cell, written, below, false, Connections.PLAIN);
    boolean tied = shape.path("tied").asBoolean();
    return new EncoderDecoderArchitecture(
        reader,
        new Writer(stack, sizes.path("targets").asInt(), embedding, tied),
        Summary.of(shape.path("condition").asText()),
        new Attending(
            shape.path("attention").asInt(),
            new Attention.Options(
                shape.path("gated").asBoolean(), shape.path("coverage").asDouble())),
        Dropouts.NONE,
        shape.path("smoothing").asDouble());
  }

  private static float[] parameters(JsonNode golden, ParameterLayout layout) {
    float[] parameters = new float[layout.size()];
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      JsonNode values = golden.path("parameters").path(tensor.name());
      for (int x = 0; x < tensor.size(); x++) {
        parameters[tensor.offset() + x] = (float) values.path(x).asDouble();
      }
    }
    return parameters;
  }

  private static Window window(JsonNode golden, EncoderDecoderArchitecture architecture) {
    List<Example> examples = new ArrayList<>();
    for (int b = 0; b < golden.path("lengths").size(); b++) {
      int steps = golden.path("lengths").path(b).asInt();
      int[] text = tokens(golden.path("text").path(b), golden.path("texts").path(b).asInt() + 1);
      JsonNode source = golden.path("source").path(b);
      examples.add(
          architecture.vectorSize() == 0
              ? Example.ofTokens(tokens(source, steps), text)
              : Example.ofVectors(steps, vectors(source, steps), text));
    }
    int longest = examples.stream().mapToInt(Example::steps).max().orElseThrow();
    int texts = examples.stream().mapToInt(it -> it.targets().length - 1).max().orElseThrow();
    Window window = new Window(longest, examples.size(), architecture.vectorSize());
    window.beginTexts(longest, texts, examples.size());
    for (int b = 0; b < examples.size(); b++) {
      window.putText(b, examples.get(b));
    }
    return window;
  }

  private static int[] tokens(JsonNode values, int count) {
    int[] tokens = new int[count];
    for (int t = 0; t < count; t++) {
      tokens[t] = values.path(t).asInt();
    }
    return tokens;
  }

  private static float[] vectors(JsonNode steps, int count) {
    int size = steps.path(0).size();
    float[] vectors = new float[count * size];
    for (int x = 0; x < vectors.length; x++) {
      vectors[x] = (float) steps.path(x / size).path(x % size).asDouble();
    }
    return vectors;
  }

  private static JsonNode golden(String name) throws IOException {
    String file = "/golden/encoder-decoder-" + name + ".json";
    try (InputStream in = GoldenEncoderDecoderTest.class.getResourceAsStream(file)) {
      return new ObjectMapper().readTree(in);
    }
  }
}
