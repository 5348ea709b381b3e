package io.unroll.driver.predict;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.driver.model.TrainedModel;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.parallel.Cores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a language model takes texts, each by itself: the loss in nats per token with the number of
 * tokens, or its state at the end. A text is read as a line of its own: what ends a line is read
 * before it, and is predicted after it.
 */
final class ScoredText implements TextModel {
  private static final long serialVersionUID = 1L;

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
    return (output == Output.STATE ? AnswerColumns.STATE : AnswerColumns.LOSS).columns();
  }

  @Override
  public Ready ready(float[] parameters, Cores cores) {
    TokenLosses losses = new TokenLosses(architecture, parameters, cores);
    return texts ->
        texts.stream().map(text -> answer(losses, LineTokens.of(vocabulary, text))).toList();
  }

  private TextAnswer answer(TokenLosses losses, int[] sequence) {
    int predictions = sequence.length - 1;
    if (output == Output.STATE) {
      // That after the last token of the text, not after its end.
      losses.of(sequence, Math.max(1, predictions - 1));
      return state(losses.state());
    }
    double mean = Arrays.stream(losses.of(sequence)).reduce(0, Double::sum) / predictions;
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
