package io.unroll.driver.predict;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.examples.WordEncoder;
import io.unroll.driver.model.TrainedModel;
import io.unroll.worker.data.Example;
import io.unroll.worker.data.Window;
import io.unroll.worker.model.EncoderDecoder;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.parallel.Cores;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataTypes;

/** The summary of each text that an encoder-decoder's decoder is told. An empty text has none. */
final class EncodedText implements TextModel {
  private static final long serialVersionUID = 1L;
  private static final int[] UNKNOWN_TARGETS = new int[0];

  private final EncoderDecoderArchitecture architecture;
  private final WordEncoder encoder;

  private EncodedText(EncoderDecoderArchitecture architecture, WordEncoder encoder) {
    this.architecture = architecture;
    this.encoder = encoder;
  }

  static EncodedText of(TrainedModel model) {
    EncoderDecoderArchitecture writer = model.writer();
    if (writer.vectorSize() > 0) {
      throw new DataException(
          "Cannot use the model %s on text: it reads vectors".formatted(model.uri()));
    }
    return new EncodedText(writer, new WordEncoder(model.vocabulary(), Optional.empty()));
  }

  @Override
  public List<TextAnswer.Column> columns() {
    return List.of(new TextAnswer.Column("state", DataTypes.createArrayType(DataTypes.FloatType)));
  }

  @Override
  public Ready ready(float[] parameters, Cores cores) {
    return texts -> {
      List<int[]> read = texts.stream().map(text -> encoder.tokens(encoder.words(text))).toList();
      int longest = read.stream().mapToInt(tokens -> tokens.length).max().orElse(0);
      EncoderDecoder model = architecture.model(Math.max(1, longest), 1, cores);
      model.use(parameters);
      return read.stream().map(tokens -> answer(model, tokens)).toList();
    };
  }

  private static TextAnswer answer(EncoderDecoder model, int[] tokens) {
    if (tokens.length == 0) {
      return new TextAnswer("", Collections.singletonList(null));
    }
    Window window = new Window(tokens.length, 1);
    window.beginTexts(tokens.length, 1, 1);
    window.putText(0, Example.ofTokens(tokens, UNKNOWN_TARGETS));
    float[] summary = new float[model.summarySize()];
    model.summarize(window, summary);
    Float[] numbers = new Float[summary.length];
    Arrays.setAll(numbers, j -> summary[j]);
    String line = Arrays.stream(numbers).map(Object::toString).collect(Collectors.joining(" "));
    return new TextAnswer(line, List.of((Object) numbers));
  }
}
