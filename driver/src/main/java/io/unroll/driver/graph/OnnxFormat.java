package io.unroll.driver.graph;

import io.unroll.driver.model.ForeignFormat;
import io.unroll.driver.model.TrainedModel;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.model.LanguageArchitecture;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** A graph of standard operators in ONNX: see docs/onnx.md. */
public final class OnnxFormat implements ForeignFormat {
  /** Those of 2 GiB, with room for the nodes. */
  private static final long MOST_PARAMETERS = (1L << 29) - (1L << 20);

  /** For the {@link java.util.ServiceLoader}. */
  public OnnxFormat() {}

  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public Optional<String> refusal(Architecture architecture) {
    return refusalOfKind(architecture).or(() -> refusalOfSize(architecture.layout().size()));
  }

  private static Optional<String> refusalOfSize(long parameters) {
    return parameters > MOST_PARAMETERS
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "it has %,d parameters; a file in ONNX has at most 2 GiB (expected at most %,d)",
                parameters,
                MOST_PARAMETERS))
        : Optional.empty();
  }

  private static Optional<String> refusalOfKind(Architecture architecture) {
    if (architecture instanceof LabelerArchitecture labeler) {
      boolean spelt = labeler.source() instanceof Tokens tokens && tokens.characters().isPresent();
      return spelt
          ? Optional.of(
              "it reads the characters of words, which are sequences of their own within a sequence (expected model.character-hidden 0)")
          : Optional.empty();
    }
    return architecture instanceof LanguageArchitecture
        ? Optional.empty()
        : Optional.of(
            "it writes texts token by token, which is a loop over a graph (expected a language model, or one that gives labels)");
  }

  @Override
  public Optional<String> remark(Architecture architecture) {
    return Optional.empty();
  }

  @Override
  public void write(Content content, OutputStream out) throws IOException {
    out.write(encoded(content.architecture(), content.parameters()));
  }

  /** The file of a model that is not refused. */
  static byte[] encoded(TrainedModel model) {
    return encoded(model.architecture(), model.parameters());
  }

  private static byte[] encoded(Architecture architecture, float[] parameters) {
    var tensors = new OnnxTensors(architecture.layout(), parameters);
    return architecture instanceof LabelerArchitecture labeler
        ? new OnnxLabeler(labeler, tensors).encoded()
        : new OnnxLanguageModel((LanguageArchitecture) architecture, tensors).encoded();
  }
}
