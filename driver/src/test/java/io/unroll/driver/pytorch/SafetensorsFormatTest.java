package io.unroll.driver.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.model.ForeignFormat;
import io.unroll.worker.format.FormatException;
import io.unroll.worker.format.NamedTensor;
import io.unroll.worker.format.SafeTensors;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Modules of PyTorch, found by names and shapes. */
class SafetensorsFormatTest {
  private static final int VOCABULARY = 7;

  private static LanguageArchitecture architecture(Cell cell, int embedding, boolean tied) {
    return new LanguageArchitecture(cell, VOCABULARY, embedding, tied ? embedding : 5, 2, 0, tied);
  }

  private static float[] parameters(LanguageArchitecture architecture) {
    return LanguageModel.layout(architecture).initialParameters(3);
  }

  /** The tensors of a model by other names; those whose name becomes null are left out. */
  private static List<NamedTensor> tensors(
      LanguageArchitecture architecture, UnaryOperator<String> renamed) {
    List<NamedTensor> tensors = new ArrayList<>();
    float[] parameters = parameters(architecture);
    for (ParameterLayout.Tensor tensor : LanguageModel.layout(architecture).tensors()) {
      String name = renamed.apply(tensor.name());
      int[] shape =
          tensor.columns() == 0
              ? new int[] {tensor.rows()}
              : new int[] {tensor.rows(), tensor.columns()};
      if (name != null) {
        tensors.add(new NamedTensor(name, shape, parameters, tensor.offset()));
      }
    }
    return tensors;
  }

  private static ForeignFormat.Content read(List<NamedTensor> tensors) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    SafeTensors.write(file, tensors, Map.of("format", "pt"));
    byte[] bytes = file.toByteArray();
    return new SafetensorsFormat().read(new ByteArrayInputStream(bytes), bytes.length, "m");
  }

  private static void refused(List<NamedTensor> tensors, String reason) {
    FormatException refusal = assertThrows(FormatException.class, () -> read(tensors));
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }

  private static UnaryOperator<String> names(String embedding, String stack, String output) {
    return name ->
        name.replaceFirst("^embedding\\.", embedding)
            .replaceFirst("^rnn\\.", stack)
            .replaceFirst("^output\\.", output);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    for (Cell cell : List.of(Cell.RNN, Cell.GRU_RESET_AFTER, Cell.LSTM)) {
      LanguageArchitecture architecture = architecture(cell, 3, false);
      var content = new ForeignFormat.Content(architecture, parameters(architecture));
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      new SafetensorsFormat().parts(content).get(0).body().write(file);
      byte[] bytes = file.toByteArray();
      ForeignFormat.Content back =
          new SafetensorsFormat().read(new ByteArrayInputStream(bytes), bytes.length, "m");
      assertEquals(architecture, back.architecture());
      assertArrayEquals(content.parameters(), back.parameters());
    }
  }

  @Test
  void otherNamesAreFoundByTheirShapes() throws IOException {
    LanguageArchitecture architecture = architecture(Cell.LSTM, 3, false);
    List<NamedTensor> tensors =
        tensors(architecture, names("drop.wte.", "model.lstm.", "model.a."));
    Collections.reverse(tensors);
    ForeignFormat.Content content = read(tensors);
    assertEquals(architecture, content.architecture());
    assertArrayEquals(parameters(architecture), content.parameters());
  }

  @Test
  void whereShapesAreEqualNamesDecide() throws IOException {
    LanguageArchitecture architecture = architecture(Cell.GRU_RESET_AFTER, 5, false);
    List<NamedTensor> tensors = tensors(architecture, names("encoder.", "rnn.", "decoder."));
    assertArrayEquals(parameters(architecture), read(tensors).parameters());
    refused(
        tensors(architecture, names("a.", "rnn.", "b.")),
        "its matrices a.weight and b.weight could each be the embedding");
  }

  @Test
  void oneMatrixAndTwoEqualOnesAreTied() throws IOException {
    LanguageArchitecture architecture = architecture(Cell.GRU_RESET_AFTER, 4, true);
    List<NamedTensor> once = tensors(architecture, name -> name);
    assertEquals(architecture, read(once).architecture());
    List<NamedTensor> twice = new ArrayList<>(once);
    NamedTensor embedding = once.get(0);
    twice.add(
        new NamedTensor(
            "decoder.weight", embedding.shape(), embedding.values(), embedding.offset()));
    List<NamedTensor> named =
        twice.stream()
            .map(
                tensor ->
                    tensor.name().equals("output.bias")
                        ? new NamedTensor(
                            "decoder.bias", tensor.shape(), tensor.values(), tensor.offset())
                        : tensor)
            .toList();
    assertEquals(architecture, read(named).architecture());
    assertArrayEquals(parameters(architecture), read(named).parameters());
  }

  @Test
  void biasesThatAreMissingAreZeros() throws IOException {
    LanguageArchitecture architecture = architecture(Cell.LSTM, 3, false);
    ForeignFormat.Content content =
        read(tensors(architecture, name -> name.contains("bias") ? null : name));
    float[] expected = parameters(architecture);
    for (ParameterLayout.Tensor tensor : LanguageModel.layout(architecture).tensors()) {
      if (tensor.columns() == 0) {
        Arrays.fill(expected, tensor.offset(), tensor.offset() + tensor.size(), 0f);
      }
    }
    assertArrayEquals(expected, content.parameters());
  }

  @Test
  void whatIsNoLanguageModelIsRefused() {
    LanguageArchitecture architecture = architecture(Cell.LSTM, 3, false);
    List<NamedTensor> whole = tensors(architecture, name -> name);
    refused(List.of(), "it has no tensor weight_ih_l0");
    refused(whole.subList(1, whole.size()), "it has 1 matrices beside");
    refused(
        tensors(architecture, name -> name.equals("rnn.weight_hh_l1") ? null : name),
        "it has no tensor for rnn.weight_hh_l1");
    refused(
        tensors(architecture, name -> name.replace("rnn.weight_hh_l1", "rnn.weight_hh_l7")),
        "it has 3 matrices beside");
    refused(with(whole, "norm.weight", 5), "it has norm.weight, which no language model");
    refused(with(whole, "a.weight_ih_l0", 5), "it has several recurrent stacks: rnn.weight_ih_l0,");
    refused(with(whole, "rnn.weight_hr_l0", 5), "without proj_size");
    refused(with(whole, "rnn.weight_ih_l0_reverse", 5), "reads forward");
    refused(
        replaced(whole, "rnn.weight_hh_l0", 10, 5), "is [10, 5] (expected 1, 3 or 4 times as many");
    refused(replaced(whole, "output.weight", 6, 5), "no embedding and output layer of one");
    refused(replaced(whole, "output.bias", 3), "its tensor output.bias is [3] (expected [7])");
    refused(
        replaced(whole, "rnn.bias_ih_l1", 3), "its tensor rnn.bias_ih_l1 is [3] (expected [20])");
  }

  private static List<NamedTensor> with(List<NamedTensor> tensors, String name, int... shape) {
    List<NamedTensor> more = new ArrayList<>(tensors);
    more.add(zeros(name, shape));
    return more;
  }

  private static List<NamedTensor> replaced(List<NamedTensor> tensors, String name, int... shape) {
    return tensors.stream()
        .map(tensor -> tensor.name().equals(name) ? zeros(name, shape) : tensor)
        .toList();
  }

  private static NamedTensor zeros(String name, int... shape) {
    return new NamedTensor(
        name, shape, new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)], 0);
  }
}
