package io.unroll.worker.format;

import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.ParameterLayout.Tensor;
import io.unroll.worker.model.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a model directory, over streams that the caller opens and closes. Tensor names,
 * shapes and gate order are PyTorch's. {@code docs/formats/model.md} describes the format.
 */
public final class ModelFiles {
  /** The architecture. */
  public static final String DESCRIPTION = "model.json";

  /** The parameters. */
  public static final String PARAMETERS = "model.safetensors";

  private static final Logger LOG = LoggerFactory.getLogger(ModelFiles.class);

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
    SafeTensors.write(out, views(architecture, parameters), Map.of("format", "pt"));
  }

  private static List<NamedTensor> views(Architecture architecture, float[] parameters) {
    return architecture.layout().tensors().stream()
        .map(t -> new NamedTensor(t.name(), shape(t), parameters, t.offset()))
        .toList();
  }

  /**
   * Looks for what no model can be used with.
   *
   * @param parameters flat, in the architecture's layout; not modified
   * @return names the first tensor and element that is NaN or infinite, such as "element [3, 5] of
   *     tensor output.weight is NaN"; empty if all parameters are finite
   */
  public static Optional<String> notFinite(Architecture architecture, float[] parameters) {
    return views(architecture, parameters).stream()
        .flatMap(tensor -> tensor.notFinite().stream())
        .findFirst();
  }

  /**
   * Confirms that parameters which were read can be used.
   *
   * @param parameters flat, in the architecture's layout; not modified
   * @param file name for messages
   * @throws FormatException naming the tensor and the element, if one is NaN or infinite
   */
  public static void requireFinite(Architecture architecture, float[] parameters, String file)
      throws FormatException {
    Optional<String> problem = notFinite(architecture, parameters);
    if (problem.isPresent()) {
      throw new FormatException(file, problem.get() + " (expected finite parameters)");
    }
  }

  /**
   * Reads {@value #PARAMETERS}. Tensors of other types become floats, and the prefixes that
   * PyTorch's wrappers put before names are taken off; both are logged.
   *
   * @param length bytes of the file
   * @param file name for messages
   * @return flat, in the architecture's layout; all finite
   * @throws FormatException naming the tensor, if the file is damaged, is not of this architecture,
   *     or holds a parameter that is NaN, infinite, or too large for a float
   */
  public static float[] readParameters(
      InputStream in, long length, String file, Architecture architecture) throws IOException {
    SafeTensorsHeader stored = SafeTensors.readHeader(in, length, file);
    SafeTensorsHeader header = stored.renamed(WrapperPrefixes::stripped, file);
    ParameterLayout layout = architecture.layout();
    check(header, layout, file);
    float[] parameters = new float[layout.size()];
    SafeTensors.Destination view =
        (name, shape) -> new NamedTensor(name, shape, parameters, layout.tensor(name).offset());
    SafeTensors.readData(in, header, view, file);
    requireFinite(architecture, parameters, file);
    tellChanges(stored, file);
    return parameters;
  }

  /** Says what the file holds in another form than the model that is made of it. */
  private static void tellChanges(SafeTensorsHeader stored, String file) {
    Set<String> types = new TreeSet<>();
    Set<String> prefixes = new TreeSet<>();
    for (SafeTensorsHeader.Entry entry : stored.entries()) {
      if (entry.type() != TensorType.F32) {
        types.add(entry.type().name());
      }
      WrapperPrefixes.of(entry.name()).ifPresent(prefixes::add);
    }
    if (!types.isEmpty()) {
      LOG.info("Converted tensors of {} to F32 (float32) in {}", String.join(", ", types), file);
    }
    if (!prefixes.isEmpty()) {
      LOG.info("Took the prefix {} off names of tensors in {}", String.join(", ", prefixes), file);
    }
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
