package io.unroll.driver.sample;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.driver.report.SampleText;
import io.unroll.worker.decode.NonFiniteLogitsException;
import io.unroll.worker.decode.Sampler;
import io.unroll.worker.decode.SamplingOptions;
import io.unroll.worker.evaluate.Segment;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Some validation sequences, with what a language model answers and the right answer. */
public final class AnswerIllustration implements Illustration {
  private final LanguageArchitecture architecture;
  private final Vocabulary vocabulary;
  private final List<Segment> sequences;

  /**
   * Takes the sequences.
   *
   * @param sequences of the validation split; not copied
   */
  public AnswerIllustration(
      LanguageArchitecture architecture, Vocabulary vocabulary, List<Segment> sequences) {
    this.architecture = architecture;
    this.vocabulary = vocabulary;
    this.sequences = sequences;
  }

  @Override
  public Optional<SampleText> after(int round, float[] parameters) {
    LanguageModel model = architecture.model(1, 1, Cores.one(KernelChoice.forLittleWork()));
    model.use(parameters);
    Sampler sampler = new Sampler(model, SamplingOptions.likeliest());
    String text =
        sequences.stream()
            .map(sequence -> line(sampler, sequence))
            .collect(Collectors.joining("\n"));
    return text.isEmpty() ? Optional.empty() : Optional.of(new SampleText(round, "", text));
  }

  private String line(Sampler sampler, Segment sequence) {
    int[] tokens = sequence.tokens();
    int[] prompt = Arrays.copyOf(tokens, 1 + sequence.context());
    int[] right = Arrays.copyOfRange(tokens, prompt.length, tokens.length - 1);
    int end = vocabulary.end().orElse(Sampler.NO_END);
    String answer;
    try {
      answer = vocabulary.decode(sampler.sample(prompt, 2 * right.length + 1, end));
    } catch (NonFiniteLogitsException e) {
      answer = "nothing";
    }
    return "%s %s, right: %s"
        .formatted(vocabulary.decode(prompt), answer, vocabulary.decode(right));
  }
}
