package io.unroll.driver.predict;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.examples.WordEncoder;
import io.unroll.driver.model.TrainedModel;
import io.unroll.worker.data.Example;
import io.unroll.worker.evaluate.Answer;
import io.unroll.worker.evaluate.LabelEvaluator;
import io.unroll.worker.model.Column;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.parallel.Cores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Labels of texts: of a text, the label and its probability; or each word with its tag. An empty
 * text has neither.
 */
final class LabelledText implements TextModel {
  private static final long serialVersionUID = 1L;
  private static final int[] UNKNOWN_TARGETS = new int[0];

  private final LabelerArchitecture architecture;
  private final WordEncoder encoder;
  private final Vocabulary labels;
  private final AnswerColumns columns;

  private LabelledText(
      LabelerArchitecture architecture,
      WordEncoder encoder,
      Vocabulary labels,
      AnswerColumns columns) {
    this.architecture = architecture;
    this.encoder = encoder;
    this.labels = labels;
    this.columns = columns;
  }

  static LabelledText of(TrainedModel model, Output output) {
    LabelerArchitecture labeler = model.labeler();
    if (!(labeler.source() instanceof Tokens tokens)) {
      throw new DataException(
          "Cannot use the model %s on text: it reads vectors (use evaluate, or read it from a program)"
              .formatted(model.uri()));
    }
    if (output == Output.PROBABILITIES ? !labeler.isPooled() : output != Output.ANSWER) {
      throw new DataException(
          "Cannot tell the %s of the model %s: it gives %s (expected a %s)"
              .formatted(
                  output.name().toLowerCase(Locale.ROOT),
                  model.uri(),
                  labeler.isPooled() ? "labels" : "tags",
                  output == Output.PROBABILITIES ? "classifier" : "language model"));
    }
    WordEncoder encoder =
        new WordEncoder(
            model.vocabulary(),
            tokens.characters().flatMap(read -> model.vocabularies().find(Column.CHARACTERS)));
    return new LabelledText(
        labeler, encoder, model.vocabularies().labels(), columns(labeler, output));
  }

  private static AnswerColumns columns(LabelerArchitecture labeler, Output output) {
    if (!labeler.isPooled()) {
      return AnswerColumns.TAGS;
    }
    return output == Output.PROBABILITIES ? AnswerColumns.PROBABILITIES : AnswerColumns.LABEL;
  }

  @Override
  public List<TextAnswer.Column> columns() {
    return columns.columns();
  }

  @Override
  public Ready ready(float[] parameters, Cores cores) {
    LabelEvaluator evaluator = new LabelEvaluator(architecture, parameters, cores);
    return texts -> answers(texts, evaluator);
  }

  private List<TextAnswer> answers(List<String> texts, LabelEvaluator evaluator) {
    List<String[]> words = texts.stream().map(encoder::words).toList();
    List<Example> examples = new ArrayList<>();
    for (String[] each : words) {
      if (each.length > 0) {
        int[][] characters = encoder.characters(each);
        examples.add(Example.ofWords(encoder.tokens(each), characters, UNKNOWN_TARGETS));
      }
    }
    List<Answer> found = evaluator.answers(examples);
    List<TextAnswer> answers = new ArrayList<>(texts.size());
    int next = 0;
    for (String[] each : words) {
      answers.add(each.length == 0 ? nothing() : answer(each, found.get(next++)));
    }
    return answers;
  }

  private static TextAnswer nothing() {
    return new TextAnswer("", Arrays.asList(null, null));
  }

  private TextAnswer answer(String[] words, Answer answer) {
    if (architecture.isPooled()) {
      return columns == AnswerColumns.LABEL ? label(answer) : probabilities(answer);
    }
    List<String> tags = Arrays.stream(answer.labels()).mapToObj(labels::token).toList();
    String line =
        IntStream.range(0, words.length)
            .mapToObj(t -> words[t] + "/" + tags.get(t))
            .collect(Collectors.joining(" "));
    return new TextAnswer(line, List.of(words, tags.toArray(String[]::new)));
  }

  private TextAnswer label(Answer answer) {
    int best = answer.labels()[0];
    double probability = answer.probabilities()[best];
    String label = labels.token(best);
    return new TextAnswer(
        String.format(Locale.ROOT, "%s\t%.6f", label, probability), List.of(label, probability));
  }

  private TextAnswer probabilities(Answer answer) {
    String label = labels.token(answer.labels()[0]);
    Double[] all = new Double[labels.size()];
    Arrays.setAll(all, x -> (double) answer.probabilities()[x]);
    String line =
        IntStream.range(0, all.length)
            .mapToObj(x -> String.format(Locale.ROOT, "%s=%.6f", labels.token(x), all[x]))
            .collect(Collectors.joining("\t", label + "\t", ""));
    return new TextAnswer(line, List.of(label, all));
  }
}
