package io.unroll.driver.predict;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.driver.model.TrainedModel;
import io.unroll.worker.data.SequenceRows;
import io.unroll.worker.data.Window;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataTypes;

/**
 * How a language model takes texts, each by itself: the loss in nats per token with the number of
 * tokens, or its state at the end. A text is read as a line of its own: what ends a line is read
 * before it, and is predicted after it.
 */
final class ScoredText implements TextModel {
  private static final long serialVersionUID = 1L;
  private static final int WINDOW = 64;

  private final LanguageArchitecture architecture;
  private final Vocabulary vocabulary;
  private final Output output;

  private ScoredText(LanguageArchitecture architecture, Vocabulary vocabulary, Output output) {
    this.architecture = architecture;
    this.vocabulary = vocabulary;
    this.output = output;
  }

  static ScoredText of(TrainedModel model, Output output) {
    return new ScoredText(model.language(), model.vocabulary(), output);
  }

  @Override
  public List<TextAnswer.Column> columns() {
    return output == Output.STATE
        ? List.of(new TextAnswer.Column("state", DataTypes.createArrayType(DataTypes.FloatType)))
        : List.of(
            new TextAnswer.Column("loss", DataTypes.DoubleType),
            new TextAnswer.Column("tokens", DataTypes.IntegerType));
  }

  @Override
  public Ready ready(float[] parameters, Cores cores) {
    LanguageModel model = architecture.model(WINDOW, 1, cores);
    model.use(parameters);
    return texts ->
        texts.stream().map(text -> answer(model, LineTokens.of(vocabulary, text))).toList();
  }

  private TextAnswer answer(LanguageModel model, int[] sequence) {
    Window window = new Window(WINDOW, 1);
    float[] state = new float[architecture.stateSize()];
    double[] loss = new double[1];
    int predictions = sequence.length - 1;
    // The state is that after the last token of the text, not after its end.
    int read = output == Output.STATE ? Math.max(1, predictions - 1) : predictions;
    for (int begin = 0; begin < read; begin += WINDOW) {
      window.begin(Math.min(WINDOW, read - begin), 1, begin == 0);
      SequenceRows.fill(window, 0, sequence, begin, 0);
      model.loss(window, state, loss);
    }
    if (output == Output.STATE) {
      return state(state);
    }
    double mean = loss[0] / predictions;
    return new TextAnswer(
        String.format(Locale.ROOT, "%.6f\t%d", mean, predictions), List.of(mean, predictions));
  }

  /** h of the last layer. */
  private TextAnswer state(float[] state) {
    int hidden = architecture.hidden();
    int from = (architecture.layers() - 1) * architecture.cell().states() * hidden;
    Float[] h = new Float[hidden];
    Arrays.setAll(h, j -> state[from + j]);
    List<String> numbers = new ArrayList<>();
    for (Float value : h) {
      numbers.add(value.toString());
    }
    String line = numbers.stream().collect(Collectors.joining(" "));
    return new TextAnswer(line, List.of((Object) h));
  }
}
