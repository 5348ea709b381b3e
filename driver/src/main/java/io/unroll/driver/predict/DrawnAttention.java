package io.unroll.driver.predict;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.examples.WordEncoder;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.report.AlignmentPicture;
import io.unroll.worker.data.Example;
import io.unroll.worker.decode.DecodingOptions;
import io.unroll.worker.decode.Hypothesis;
import io.unroll.worker.decode.TextDecoder;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.parallel.Cores;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a translation looked at of its text, drawn. Runs in this process. */
public final class DrawnAttention {
  private final Vocabulary read;
  private final WordEncoder encoder;
  private final Vocabulary written;
  private final TextDecoder decoder;

  /**
   * Takes a model.
   *
   * @throws DataException if it does not attend to texts
   */
  public DrawnAttention(TrainedModel model, DecodingOptions options) {
    EncoderDecoderArchitecture writer = model.writer();
    requireAttention(model);
    if (writer.vectorSize() > 0) {
      throw new DataException(
          "Cannot draw the attention of the model %s to text: it reads vectors (give them with --vectors)"
              .formatted(model.uri()));
    }
    this.read = model.vocabulary();
    this.encoder = new WordEncoder(read, Optional.empty());
    this.written = model.vocabularies().written();
    this.decoder =
        new TextDecoder(
            writer,
            model.parameters(),
            WrittenTokens.of(written),
            options,
            Cores.one(KernelChoice.fastest()));
  }

  /**
   * Refuses a model without attention.
   *
   * @throws DataException if it has none
   */
  static void requireAttention(TrainedModel model) {
    if (!model.writer().attends()) {
      throw new DataException(
          "Cannot draw the attention of the model %s: it has none (expected one trained with model.attention additive)"
              .formatted(model.uri()));
    }
  }

  /** The picture of what is written about a text; empty for an empty text. */
  public Optional<AlignmentPicture> of(String text) {
    int[] tokens = encoder.tokens(encoder.words(text));
    if (tokens.length == 0) {
      return Optional.empty();
    }
    Example example = Example.ofTokens(tokens, new int[0]);
    Hypothesis best = decoder.write(List.of(example)).get(0).get(0);
    return Optional.of(
        new AlignmentPicture(names(read, tokens), names(written, best.tokens()), best.attention()));
  }

  /** The text of each token. */
  static List<String> names(Vocabulary vocabulary, int[] tokens) {
    return Arrays.stream(tokens)
        .mapToObj(token -> vocabulary.decode(new int[] {token}).strip())
        .toList();
  }
}
