package io.unroll.worker.format;

import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.ParameterLayout;
import io.unroll.worker.model.ParameterLayout.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files of a model directory, over streams that the caller opens and closes. Tensor names,
 * shapes and gate order are PyTorch's. {@code docs/formats/model.md} describes the format.
 */
public final class ModelFiles {
  /** The architecture. */
  public static final String DESCRIPTION = "model.json";

  /** The parameters. */
  public static final String PARAMETERS = "model.safetensors";

  private ModelFiles() {}

  /** Writes {@value #DESCRIPTION}. */
  public static void writeDescription(OutputStream out, ModelDescription description)
      throws IOException {
    DescriptionJson.write(out, description);
  }

  /**
   * Reads {@value #DESCRIPTION}.
   *
   * @param file name for messages
   * @throws FormatException if it is of another version or anything in it is missing, unknown or
   *     out of range
   */
  public static ModelDescription readDescription(InputStream in, String file) throws IOException {
    return DescriptionJson.read(in, file);
  }

  /**
   * Writes {@value #PARAMETERS}.
   *
   * @param parameters flat, in the architecture's layout
   */
  public static void writeParameters(
      OutputStream out, Architecture architecture, float[] parameters) throws IOException {
    List<NamedTensor> tensors =
        ParameterLayout.of(architecture).tensors().stream()
            .map(t -> new NamedTensor(t.name(), shape(t), parameters, t.offset()))
            .toList();
    SafeTensors.write(out, tensors, Map.of("format", "pt"));
  }

  /**
   * Reads {@value #PARAMETERS}.
   *
   * @param length bytes of the file
   * @param file name for messages
   * @return flat, in the architecture's layout
   * @throws FormatException naming the tensor, if the file is damaged or is not of this
   *     architecture
   */
  public static float[] readParameters(
      InputStream in, long length, String file, Architecture architecture) throws IOException {
    SafeTensorsHeader header = SafeTensors.readHeader(in, length, file);
    ParameterLayout layout = ParameterLayout.of(architecture);
    check(header, layout, file);
    float[] parameters = new float[layout.size()];
    SafeTensors.Destination view =
        (name, shape) -> new NamedTensor(name, shape, parameters, layout.tensor(name).offset());
    SafeTensors.readData(in, header, view, file);
    return parameters;
  }

  private static void check(SafeTensorsHeader header, ParameterLayout layout, String file)
      throws FormatException {
    Map<String, Tensor> expected =
        layout.tensors().stream().collect(Collectors.toMap(Tensor::name, tensor -> tensor));
    Set<String> missing = new HashSet<>(expected.keySet());
    for (SafeTensorsHeader.Entry entry : header.entries()) {
      Tensor tensor = expected.get(entry.name());
      if (tensor == null) {
        throw new FormatException(
            file, "tensor %s is not part of the model's architecture".formatted(entry.name()));
      }
      if (!Arrays.equals(entry.shape(), shape(tensor))) {
        throw new FormatException(
            file,
            "tensor %s has shape %s, but the model's architecture asks for %s"
                .formatted(
                    entry.name(), Arrays.toString(entry.shape()), Arrays.toString(shape(tensor))));
      }
      missing.remove(entry.name());
    }
    for (Tensor tensor : layout.tensors()) {
      if (missing.contains(tensor.name())) {
        throw new FormatException(file, "tensor %s is missing".formatted(tensor.name()));
      }
    }
  }

  private static int[] shape(Tensor tensor) {
    return tensor.columns() == 0
        ? new int[] {tensor.rows()}
        : new int[] {tensor.rows(), tensor.columns()};
  }
}
