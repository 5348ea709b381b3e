package io.unroll.driver.graph;

import io.unroll.driver.model.ForeignFormat;
import io.unroll.driver.model.TrainedModel;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.model.LanguageArchitecture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Graphs of standard operators in ONNX: see docs/onnx.md. */
public final class OnnxFormat implements ForeignFormat {
  /** Those of 2 GiB, with room for the nodes. */
  private static final long MOST_PARAMETERS = (1L << 29) - (1L << 20);

  /** Suffixes of the two files of an encoder-decoder; others have one, without. */
  static final String ENCODER = "encoder";

  static final String DECODER = "decoder";

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
    return Optional.empty();
  }

  @Override
  public List<Part> parts(Content content) {
    var tensors = new OnnxTensors(content.architecture().layout(), content.parameters());
    if (content.architecture() instanceof EncoderDecoderArchitecture model) {
      return List.of(
          new Part(ENCODER, out -> out.write(new OnnxEncoder(model, tensors).encoded())),
          new Part(DECODER, out -> out.write(new OnnxDecoder(model, tensors).encoded())));
    }
    return Part.whole(
        out ->
            out.write(
                content.architecture() instanceof LabelerArchitecture labeler
                    ? new OnnxLabeler(labeler, tensors).encoded()
                    : new OnnxLanguageModel((LanguageArchitecture) content.architecture(), tensors)
                        .encoded()));
  }

  /** The file of a model that is not refused, or one of both. */
  static byte[] encoded(TrainedModel model, String suffix) {
    var content = new Content(model.architecture(), model.parameters());
    var file = new ByteArrayOutputStream();
    for (Part part : new OnnxFormat().parts(content)) {
      if (part.suffix().equals(suffix)) {
        try {
          part.body().write(file);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return file.toByteArray();
  }
}
