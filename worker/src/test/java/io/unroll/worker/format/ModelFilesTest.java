package io.unroll.worker.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.worker.evaluate.Evaluator;
import io.unroll.worker.evaluate.Segment;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.model.Tally;
import io.unroll.worker.parallel.Cores;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFilesTest {
  private static final String VERSION_1 = "/models/version-1/";
  private static final LanguageArchitecture LSTM =
      new LanguageArchitecture(Cell.LSTM, 11, 3, 5, 2, 0.25, false);

  private static byte[] resource(String path) throws IOException {
    try (InputStream in = ModelFilesTest.class.getResourceAsStream(VERSION_1 + path)) {
      return in.readAllBytes();
    }
  }

  private static ModelDescription description(String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return ModelFiles.readDescription(new ByteArrayInputStream(bytes), "model.json");
  }

  private static float[] parameters(byte[] file, LanguageArchitecture architecture)
      throws IOException {
    return ModelFiles.readParameters(
        new ByteArrayInputStream(file), file.length, "model.safetensors", architecture);
  }

  /**
   * Reads a model of version 1 and evaluates it. The losses are what {@code
   * docs/examples/load_in_pytorch.py} printed for these files and {@code tokens.txt} with PyTorch
   * 2.13.0 in double; the tolerance is float's.
   */
  @ParameterizedTest
  @CsvSource({
    "rnn,             2.773797452",
    "lstm,            2.527450044",
    "lstm-tied,       2.626382991",
    "gru,             2.571730826",
    "gru-reset-after, 2.588977043"
  })
  void readsVersion1WithTheLossOfPyTorch(String name, double loss) throws IOException {
    ModelDescription description =
        ModelFiles.readDescription(
            new ByteArrayInputStream(resource(name + "/model.json")), "model.json");
    LanguageArchitecture architecture = (LanguageArchitecture) description.architecture();
    assertEquals(ExampleModels.architectures().get(name), architecture);
    float[] parameters = parameters(resource(name + "/model.safetensors"), architecture);
    LanguageModel model = new LanguageModel(architecture, 16, 1, Cores.one(new PlainKernels()));
    model.use(parameters);
    String text = new String(resource("tokens.txt"), StandardCharsets.UTF_8);
    int[] tokens = Stream.of(text.trim().split(" ")).mapToInt(Integer::parseInt).toArray();
    Tally measured = new Evaluator(model, 16, 1).losses(List.of(Segment.ofSequence(tokens))).get(0);
    assertEquals(loss, measured.meanLoss(), 2e-6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnn", "lstm", "lstm-tied", "gru", "gru-reset-after"})
  void writesTheSameBytesAsVersion1(String name) throws IOException {
    LanguageArchitecture architecture = ExampleModels.architectures().get(name);
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    ModelFiles.writeDescription(json, ExampleModels.description(architecture));
    assertArrayEquals(resource(name + "/model.json"), json.toByteArray());
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    float[] parameters = ExampleModels.parameters(architecture);
    ModelFiles.writeParameters(data, architecture, parameters);
    assertArrayEquals(resource(name + "/model.safetensors"), data.toByteArray());
    assertArrayEquals(parameters, parameters(data.toByteArray(), architecture));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "format-version" : 1      | "format-version" : 3      | it has format version 3, but this program reads versions 1 and 2
          "format-version" : 1,     | ''                        | field format-version is missing
          "format-version" : 1      | "format-version" : "1"    | field format-version is "1" (expected a whole number)
          "cell" : "lstm"           | "cell" : "elman"          | Invalid model.cell: elman (expected rnn, lstm, gru or gru-reset-after)
          "cell" : "lstm",          | ''                        | field cell is missing
          "hidden" : 5              | "hidden" : 0              | field hidden is 0 (expected a whole number from 1 to 16777216)
          "hidden" : 5              | "hidden" : 5.5            | field hidden is 5.5 (expected a whole number from 1 to 16777216)
          "hidden" : 5              | "hidden" : 99999999999    | field hidden is 99999999999 (expected a whole number from 1 to 16777216)
          "hidden" : 5              | "hidden" : 16777216       | its model has 2^31 parameters or more
          "layers" : 2              | "layers" : 1025           | field layers is 1025 (expected a whole number from 1 to 1024)
          "dropout" : 0.25          | "dropout" : 1             | Invalid model.dropout: 1.0 (expected 0 <= dropout < 1)
          "dropout" : 0.25          | "dropout" : "no"          | field dropout is "no" (expected a number)
          "tie-weights" : false     | "tie-weights" : true      | Invalid model.tie-weights: true needs model.embedding = model.hidden, but they are 3 and 5
          "tie-weights" : false     | "tie-weights" : 0         | field tie-weights is 0 (expected true or false)
          "vocabulary" : 11         | "vocab" : 11              | field vocab is unknown
          "vocabulary" : 11         | "hidden" : 11             | it is not valid JSON: Duplicate field 'hidden'
          """)
  void refusesAWrongDescription(String from, String to, String why) throws IOException {
    String right = new String(resource("lstm/model.json"), StandardCharsets.UTF_8);
    String wrong = right.replace(from, to);
    FormatException error = assertThrows(FormatException.class, () -> description(wrong));
    assertEquals("Cannot read model.json: " + why, error.getMessage());
  }

  @Test
  void refusesADescriptionThatIsNotOneObject() throws IOException {
    String right = new String(resource("lstm/model.json"), StandardCharsets.UTF_8);
    for (String wrong : new String[] {"", "[]", "3", right.substring(0, 100), right + "{}"}) {
      assertThrows(FormatException.class, () -> description(wrong), wrong);
    }
    FormatException error =
        assertThrows(FormatException.class, () -> description(" ".repeat(1 << 17)));
    assertEquals("Cannot read model.json: it has more than 65536 bytes", error.getMessage());
  }

  @Test
  void refusesParametersOfAnotherArchitecture() throws IOException {
    byte[] file = resource("lstm/model.safetensors");
    assertRefused(
        "tensor rnn.weight_ih_l0 has shape [20, 3], but the model's architecture asks for [24, 3]",
        file,
        new LanguageArchitecture(Cell.LSTM, 11, 3, 6, 2, 0, false));
    assertRefused(
        "tensor rnn.weight_ih_l1 is not part of the model's architecture",
        file,
        new LanguageArchitecture(Cell.LSTM, 11, 3, 5, 1, 0, false));
    assertRefused(
        "tensor rnn.weight_ih_l2 is missing",
        file,
        new LanguageArchitecture(Cell.LSTM, 11, 3, 5, 3, 0, false));
  }

  @Test
  void refusesDamagedParameters() throws IOException {
    byte[] file = resource("lstm/model.safetensors");
    byte[] truncated = Arrays.copyOf(file, file.length - 4);
    assertRefused(
        "its tensors have 2156 bytes, but 2152 follow the header (truncated?)", truncated, LSTM);
  }

  private static void assertRefused(String why, byte[] file, LanguageArchitecture architecture) {
    FormatException error =
        assertThrows(FormatException.class, () -> parameters(file, architecture));
    assertEquals("Cannot read model.safetensors: " + why, error.getMessage());
  }

  @Test
  void keepsTensorsWhereverTheyLieInTheFile() throws IOException {
    LanguageArchitecture architecture = ExampleModels.architectures().get("rnn");
    SafeTensors.Contents contents =
        SafeTensors.read(
            new ByteArrayInputStream(resource("rnn/model.safetensors")),
            resource("rnn/model.safetensors").length,
            "model.safetensors");
    List<NamedTensor> reversed = new ArrayList<>(contents.tensors());
    Collections.reverse(reversed);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafeTensors.write(out, reversed, Map.of());
    assertArrayEquals(
        ExampleModels.parameters(architecture), parameters(out.toByteArray(), architecture));
  }
}
