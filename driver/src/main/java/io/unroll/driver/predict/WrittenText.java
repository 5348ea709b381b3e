package io.unroll.driver.predict;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.examples.WordEncoder;
import io.unroll.driver.model.TrainedModel;
import io.unroll.worker.data.Example;
import io.unroll.worker.decode.DecodingOptions;
import io.unroll.worker.decode.Hypothesis;
import io.unroll.worker.decode.TextDecoder;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.parallel.Cores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataTypes;

/** What an encoder-decoder writes about texts: their translations. An empty text has none. */
final class WrittenText implements TextModel {
  private static final long serialVersionUID = 1L;
  private static final int[] UNKNOWN_TARGETS = new int[0];

  private final EncoderDecoderArchitecture architecture;
  private final WordEncoder encoder;
  private final Vocabulary written;
  private final DecodingOptions options;

  private WrittenText(
      EncoderDecoderArchitecture architecture,
      WordEncoder encoder,
      Vocabulary written,
      DecodingOptions options) {
    this.architecture = architecture;
    this.encoder = encoder;
    this.written = written;
    this.options = options;
  }

  static WrittenText of(TrainedModel model, Output output, DecodingOptions options) {
    EncoderDecoderArchitecture writer = model.writer();
    if (output != Output.ANSWER) {
      throw new DataException(
          "Cannot tell the %s of the model %s: it writes about what it reads (expected a language model)"
              .formatted(output.name().toLowerCase(Locale.ROOT), model.uri()));
    }
    if (writer.vectorSize() > 0) {
      throw new DataException(
          "Cannot use the model %s on text: it reads vectors (give a dataset with --data)"
              .formatted(model.uri()));
    }
    return new WrittenText(
        writer,
        new WordEncoder(model.vocabulary(), Optional.empty()),
        model.vocabularies().written(),
        options);
  }

  @Override
  public List<TextAnswer.Column> columns() {
    return tellsSeveral()
        ? List.of(
            new TextAnswer.Column("written", DataTypes.createArrayType(DataTypes.StringType)),
            new TextAnswer.Column("score", DataTypes.createArrayType(DataTypes.DoubleType)))
        : AnswerColumns.WRITTEN.columns();
  }

  @Override
  public Ready ready(float[] parameters, Cores cores) {
    TextDecoder decoder =
        new TextDecoder(architecture, parameters, WrittenTokens.of(written), options, cores);
    return texts -> answers(texts, decoder);
  }

  private List<TextAnswer> answers(List<String> texts, TextDecoder decoder) {
    List<Example> examples = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (String text : texts) {
      int[] tokens = encoder.tokens(encoder.words(text));
      places.add(tokens.length == 0 ? -1 : examples.size());
      if (tokens.length > 0) {
        examples.add(Example.ofTokens(tokens, UNKNOWN_TARGETS));
      }
    }
    List<List<Hypothesis>> found = decoder.write(examples);
    return places.stream().map(place -> place < 0 ? nothing() : answer(found.get(place))).toList();
  }

  private static TextAnswer nothing() {
    return new TextAnswer("", Arrays.asList(null, null));
  }

  private TextAnswer answer(List<Hypothesis> found) {
    List<String> texts =
        found.stream().map(hypothesis -> written.decode(hypothesis.tokens())).toList();
    if (!tellsSeveral()) {
      return new TextAnswer(texts.get(0), List.of(texts.get(0), found.get(0).score()));
    }
    Double[] scores = found.stream().map(Hypothesis::score).toArray(Double[]::new);
    String line =
        IntStream.range(0, scores.length)
            .mapToObj(x -> String.format(Locale.ROOT, "%s\t%.6f", texts.get(x), scores[x]))
            .collect(Collectors.joining("\t"));
    return new TextAnswer(line, List.of(texts.toArray(String[]::new), scores));
  }

  private boolean tellsSeveral() {
    return options.best() > 1;
  }
}
