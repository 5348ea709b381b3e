package io.unroll.driver.sample;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.driver.model.Vocabularies;
import io.unroll.driver.report.SampleText;
import io.unroll.worker.data.Example;
import io.unroll.worker.evaluate.Answer;
import io.unroll.worker.evaluate.LabelEvaluator;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.Column;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.parallel.Cores;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Some validation examples, with the label that the model gives and the right one. */
public final class LabelIllustration implements Illustration {
  /** Steps of an example that are shown. */
  private static final int STEPS = 24;

  private final LabelerArchitecture architecture;
  private final Vocabularies vocabularies;
  private final List<Example> examples;

  /**
   * Takes the examples.
   *
   * @param examples of the validation split; not copied
   */
  public LabelIllustration(
      LabelerArchitecture architecture, Vocabularies vocabularies, List<Example> examples) {
    this.architecture = architecture;
    this.vocabularies = vocabularies;
    this.examples = examples;
  }

  @Override
  public Optional<SampleText> after(int round, float[] parameters) {
    LabelEvaluator evaluator =
        new LabelEvaluator(architecture, parameters, Cores.one(KernelChoice.forLittleWork()));
    List<Answer> answers = evaluator.answers(examples);
    String text =
        IntStream.range(0, examples.size())
            .mapToObj(x -> line(examples.get(x), answers.get(x)))
            .collect(Collectors.joining("\n"));
    return text.isEmpty() ? Optional.empty() : Optional.of(new SampleText(round, "", text));
  }

  private String line(Example example, Answer answer) {
    Vocabulary labels = vocabularies.labels();
    int shown = Math.min(STEPS, example.steps());
    String rest = shown < example.steps() ? " ..." : "";
    if (!architecture.isPooled()) {
      return IntStream.range(0, shown)
              .mapToObj(t -> read(example, t) + "/" + tag(labels, example, answer, t))
              .collect(Collectors.joining(" "))
          + rest;
    }
    float probability = answer.probabilities()[answer.labels()[0]];
    return String.format(
        Locale.ROOT,
        "%s (%.0f %%), right: %s: %s%s",
        labels.token(answer.labels()[0]),
        100 * probability,
        labels.token(example.targets()[0]),
        IntStream.range(0, shown).mapToObj(t -> read(example, t)).collect(Collectors.joining(" ")),
        rest);
  }

  /** A wrong tag is followed by the right one. */
  private static String tag(Vocabulary labels, Example example, Answer answer, int t) {
    String given = labels.token(answer.labels()[t]);
    return answer.labels()[t] == example.targets()[t]
        ? given
        : given + "(" + labels.token(example.targets()[t]) + ")";
  }

  private String read(Example example, int t) {
    return vocabularies
        .find(Column.TOKENS)
        .map(tokens -> tokens.token(example.tokens()[t]))
        .orElse("vector");
  }
}
