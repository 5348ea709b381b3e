package io.unroll.driver.pytorch;

import io.unroll.driver.model.ForeignFormat.Content;
import io.unroll.worker.format.FormatException;
import io.unroll.worker.format.NamedTensor;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.Embedding;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.RecurrentTensors;
import io.unroll.worker.layer.SoftmaxOutput;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The parameters of a module of PyTorch, found by names and shapes.
 *
 * <p>The recurrent stack is what has {@code weight_ih_l0}, whatever comes before that; the rows of
 * its matrices say which cell it is: one, three or four times the units for {@code nn.RNN} (tanh),
 * {@code nn.GRU} and {@code nn.LSTM}. A matrix as wide as its input is the embedding, one as wide
 * as its units the output layer; where both could be either, their names decide. A single one is
 * both, tied. Biases that are not there are zeros.
 */
final class StateDict {
  private static final String FIRST = "weight_ih_l0";
  private static final List<String> EMBEDDINGS = List.of("emb", "encoder", "wte");
  private static final List<String> OUTPUTS =
      List.of("output", "decoder", "linear", "head", "fc", "out", "proj");

  private final Map<String, NamedTensor> tensors = new LinkedHashMap<>();
  private final String file;

  StateDict(List<NamedTensor> tensors, String file) {
    tensors.forEach(tensor -> this.tensors.put(tensor.name(), tensor));
    this.file = file;
  }

  /** A recurrent stack. */
  private record Found(String prefix, Cell cell, int layers, int inputs, int hidden) {
    Set<String> names() {
      Set<String> names = new HashSet<>();
      for (String kind : List.of("weight_ih_l", "weight_hh_l", "bias_ih_l", "bias_hh_l")) {
        IntStream.range(0, layers).forEach(layer -> names.add(prefix + kind + layer));
      }
      return names;
    }
  }

  /** Which tensors are what. */
  private record Matrices(NamedTensor embedding, NamedTensor output) {
    boolean tied() {
      return Arrays.equals(
          embedding.values(),
          embedding.offset(),
          embedding.offset() + embedding.size(),
          output.values(),
          output.offset(),
          output.offset() + output.size());
    }
  }

  /**
   * The model.
   *
   * @throws FormatException if there is no language model of Unroll's in it
   */
  Content content() throws FormatException {
    Found stack = stack();
    Map<String, NamedTensor> rest = new LinkedHashMap<>(tensors);
    rest.keySet().removeAll(stack.names());
    Matrices matrices = matrices(stack, rest);
    rest.remove(matrices.embedding().name());
    rest.remove(matrices.output().name());
    NamedTensor bias = rest.remove(bias(matrices, rest));
    if (!rest.isEmpty()) {
      throw failure(
          "it has %s, which no language model of Unroll's has"
              .formatted(String.join(", ", rest.keySet())));
    }
    LanguageArchitecture architecture;
    try {
      architecture =
          new LanguageArchitecture(
              stack.cell(),
              matrices.embedding().shape()[0],
              stack.inputs(),
              stack.hidden(),
              stack.layers(),
              0,
              matrices.tied());
    } catch (IllegalArgumentException e) {
      throw failure(e.getMessage());
    }
    return new Content(architecture, parameters(architecture, stack, matrices, bias));
  }

  private FormatException failure(String reason) {
    return new FormatException(file, reason);
  }

  private Found stack() throws FormatException {
    List<String> first = tensors.keySet().stream().filter(name -> name.endsWith(FIRST)).toList();
    if (first.size() != 1) {
      throw failure(
          first.isEmpty()
              ? "it has no tensor %s (expected a language model with nn.RNN, nn.LSTM or nn.GRU)"
                  .formatted(FIRST)
              : "it has several recurrent stacks: %s (expected one)"
                  .formatted(String.join(", ", first)));
    }
    String prefix = first.get(0).substring(0, first.get(0).length() - FIRST.length());
    int layers = 0;
    while (tensors.containsKey(prefix + "weight_ih_l" + layers)) {
      layers++;
    }
    int[] input = matrix(prefix + FIRST);
    int[] recurrent = matrix(prefix + "weight_hh_l0");
    for (String other : List.of("weight_ih_l0_reverse", "weight_hr_l0")) {
      if (tensors.containsKey(prefix + other)) {
        throw failure(
            "it has %s%s (expected a stack that reads forward, without proj_size)"
                .formatted(prefix, other));
      }
    }
    return new Found(prefix, cell(recurrent, prefix), layers, input[1], recurrent[1]);
  }

  private int[] matrix(String name) throws FormatException {
    NamedTensor tensor = tensors.get(name);
    if (tensor == null || tensor.shape().length != 2) {
      throw failure("it has no matrix %s".formatted(name));
    }
    return tensor.shape();
  }

  /** Of three gates nn.GRU has the reset gate behind the product. */
  private Cell cell(int[] recurrent, String prefix) throws FormatException {
    for (Cell cell : List.of(Cell.RNN, Cell.GRU_RESET_AFTER, Cell.LSTM)) {
      if (recurrent[0] == (long) cell.gates() * recurrent[1]) {
        return cell;
      }
    }
    throw failure(
        String.format(
            Locale.ROOT,
            "its tensor %sweight_hh_l0 is [%d, %d] (expected 1, 3 or 4 times as many rows as columns)",
            prefix,
            recurrent[0],
            recurrent[1]));
  }

  private Matrices matrices(Found stack, Map<String, NamedTensor> rest) throws FormatException {
    List<NamedTensor> found =
        rest.values().stream().filter(tensor -> tensor.shape().length == 2).toList();
    if (found.size() == 1 && stack.inputs() == stack.hidden()) {
      return checked(new Matrices(found.get(0), found.get(0)), stack);
    }
    if (found.size() != 2) {
      throw failure(
          String.format(
              Locale.ROOT,
              "it has %d matrices beside the recurrent stack (expected an embedding and an output layer, or one for both)",
              found.size()));
    }
    NamedTensor first = found.get(0);
    NamedTensor second = found.get(1);
    boolean firstReads = first.shape()[1] == stack.inputs();
    boolean secondReads = second.shape()[1] == stack.inputs();
    if (firstReads && secondReads && stack.inputs() == stack.hidden()) {
      boolean inOrder = isNamed(first, EMBEDDINGS) || isNamed(second, OUTPUTS);
      boolean swapped = isNamed(second, EMBEDDINGS) || isNamed(first, OUTPUTS);
      if (inOrder == swapped) {
        throw failure(
            "its matrices %s and %s could each be the embedding (name it embedding.weight)"
                .formatted(first.name(), second.name()));
      }
      return checked(inOrder ? new Matrices(first, second) : new Matrices(second, first), stack);
    }
    return checked(firstReads ? new Matrices(first, second) : new Matrices(second, first), stack);
  }

  private static boolean isNamed(NamedTensor tensor, List<String> words) {
    String name = tensor.name().toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(name::contains);
  }

  private Matrices checked(Matrices matrices, Found stack) throws FormatException {
    int[] embedding = matrices.embedding().shape();
    int[] output = matrices.output().shape();
    if (embedding[1] != stack.inputs()
        || output[1] != stack.hidden()
        || embedding[0] != output[0]) {
      throw failure(
          String.format(
              Locale.ROOT,
              "its tensors %s %s and %s %s are no embedding and output layer of one vocabulary (expected [V, %d] and [V, %d])",
              matrices.embedding().name(),
              Arrays.toString(embedding),
              matrices.output().name(),
              Arrays.toString(output),
              stack.inputs(),
              stack.hidden()));
    }
    return matrices;
  }

  /** Beside the output layer, or the only vector as long as the vocabulary. */
  private static String bias(Matrices matrices, Map<String, NamedTensor> rest) {
    String beside = matrices.output().name().replaceFirst("weight$", "bias");
    int[] shape = {matrices.embedding().shape()[0]};
    List<String> others =
        rest.values().stream()
            .filter(tensor -> Arrays.equals(tensor.shape(), shape))
            .map(NamedTensor::name)
            .toList();
    return rest.containsKey(beside) || others.size() != 1 ? beside : others.get(0);
  }

  private float[] parameters(
      LanguageArchitecture architecture, Found stack, Matrices matrices, NamedTensor bias)
      throws FormatException {
    ParameterLayout layout = LanguageModel.layout(architecture);
    float[] parameters = new float[layout.size()];
    Map<String, NamedTensor> sources = new LinkedHashMap<>();
    sources.put(Embedding.TENSOR, matrices.embedding());
    sources.put(SoftmaxOutput.WEIGHT, matrices.output());
    sources.put(SoftmaxOutput.BIAS, bias);
    for (int layer = 0; layer < stack.layers(); layer++) {
      var own = new RecurrentTensors(RecurrentTensors.STACK, layer, false);
      String from = stack.prefix();
      sources.put(own.inputWeight(), tensors.get(from + "weight_ih_l" + layer));
      sources.put(own.recurrentWeight(), tensors.get(from + "weight_hh_l" + layer));
      sources.put(own.inputBias(), tensors.get(from + "bias_ih_l" + layer));
      sources.put(own.recurrentBias(), tensors.get(from + "bias_hh_l" + layer));
    }
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      NamedTensor source = sources.get(tensor.name());
      if (source != null) {
        copy(source, tensor, parameters);
      } else if (tensor.columns() > 0) {
        throw failure("it has no tensor for %s".formatted(tensor.name()));
      }
    }
    return parameters;
  }

  private void copy(NamedTensor source, ParameterLayout.Tensor tensor, float[] parameters)
      throws FormatException {
    List<Integer> shape = new ArrayList<>(List.of(tensor.rows()));
    if (tensor.columns() > 0) {
      shape.add(tensor.columns());
    }
    List<Integer> found = Arrays.stream(source.shape()).boxed().toList();
    if (!found.equals(shape)) {
      throw failure("its tensor %s is %s (expected %s)".formatted(source.name(), found, shape));
    }
    System.arraycopy(source.values(), source.offset(), parameters, tensor.offset(), tensor.size());
  }
}
