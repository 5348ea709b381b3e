package io.unroll.driver.dl4j;

import io.unroll.driver.model.ReadableFormat;
import io.unroll.worker.format.FormatException;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.Connections;
import io.unroll.worker.model.LanguageArchitecture;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The zip of Deeplearning4j's {@link ModelSerializer}: a MultiLayerNetwork that computes what the
 * model computes, see {@link NetworkMapping}. Written without the state of an updater; such a state
 * is passed over in reading.
 */
public final class Dl4jFormat implements ReadableFormat {
  /** For the {@link java.util.ServiceLoader}. */
  public Dl4jFormat() {}

  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public Optional<String> refusal(Architecture architecture) {
    if (!(architecture instanceof LanguageArchitecture model)) {
      return Optional.of("it is no language model, which that format is for");
    }
    return model.connections() == Connections.PLAIN
        ? Optional.empty()
        : Optional.of(
            "its layers have %s connections, which that format lacks (expected model.connections plain)"
                .formatted(model.connections().key()));
  }

  @Override
  public Optional<String> remark(Architecture architecture) {
    return language(architecture).tieWeights()
        ? Optional.of(
            "The tied weight is there twice, as embedding and as output: training in"
                + " Deeplearning4j will change them apart")
        : Optional.empty();
  }

  @Override
  public List<Part> parts(Content content) {
    return Part.whole(out -> write(content, out));
  }

  /** Writes the only file. */
  void write(Content content, OutputStream out) throws IOException {
    NetworkMapping mapping = NetworkMapping.of(language(content.architecture()));
    float[] parameters = mapping.toNetwork(content.parameters());
    MultiLayerNetwork network = new MultiLayerNetwork(mapping.configuration());
    network.init(Nd4j.create(parameters, 1, parameters.length), false);
    ModelSerializer.writeModel(network, out, false);
  }

  private static LanguageArchitecture language(Architecture architecture) {
    return (LanguageArchitecture) architecture;
  }

  @Override
  public Content read(InputStream in, long length, String file) throws IOException {
    NetworkZip zip = NetworkZip.read(in, length, file);
    NetworkMapping mapping;
    try {
      mapping = NetworkMapping.of(zip.configuration());
    } catch (UnmappableNetworkException refusal) {
      throw new FormatException(file, refusal.getMessage());
    }
    if (zip.coefficients().length != mapping.networkSize()) {
      throw new FormatException(
          file,
          String.format(
              Locale.ROOT,
              "%s has %d parameters, but the layers of %s have %d",
              ModelSerializer.COEFFICIENTS_BIN,
              zip.coefficients().length,
              ModelSerializer.CONFIGURATION_JSON,
              mapping.networkSize()));
    }
    return new Content(mapping.architecture(), mapping.toModel(zip.coefficients()));
  }
}
