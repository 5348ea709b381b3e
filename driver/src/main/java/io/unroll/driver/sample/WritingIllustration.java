package io.unroll.driver.sample;

import io.unroll.driver.model.Vocabularies;
import io.unroll.driver.predict.TargetText;
import io.unroll.driver.predict.WrittenTokens;
import io.unroll.driver.report.SampleText;
import io.unroll.worker.data.Example;
import io.unroll.worker.decode.DecodingOptions;
import io.unroll.worker.decode.Hypothesis;
import io.unroll.worker.decode.NonFiniteLogitsException;
import io.unroll.worker.decode.TextDecoder;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.Column;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.parallel.Cores;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Some validation examples, with what the model writes about them and what people wrote. */
public final class WritingIllustration implements Illustration {
  private final EncoderDecoderArchitecture architecture;
  private final Vocabularies vocabularies;
  private final List<Example> examples;

  /**
   * Takes the examples.
   *
   * @param examples of the validation split; not copied
   */
  public WritingIllustration(
      EncoderDecoderArchitecture architecture, Vocabularies vocabularies, List<Example> examples) {
    this.architecture = architecture;
    this.vocabularies = vocabularies;
    this.examples = examples;
  }

  @Override
  public Optional<SampleText> after(int round, float[] parameters) {
    if (examples.isEmpty()) {
      return Optional.empty();
    }
    TextDecoder decoder =
        new TextDecoder(
            architecture,
            parameters,
            WrittenTokens.of(vocabularies.written()),
            DecodingOptions.greedy(),
            Cores.one(KernelChoice.forLittleWork()));
    return Optional.of(new SampleText(round, "", text(decoder)));
  }

  private String text(TextDecoder decoder) {
    List<List<Hypothesis>> written;
    try {
      written = decoder.write(examples);
    } catch (NonFiniteLogitsException e) {
      return "nothing";
    }
    return IntStream.range(0, examples.size())
        .mapToObj(x -> line(examples.get(x), written.get(x).get(0)))
        .collect(Collectors.joining("\n"));
  }

  private String line(Example example, Hypothesis best) {
    return "%s => %s, right: %s"
        .formatted(
            read(example),
            vocabularies.written().decode(best.tokens()),
            TargetText.of(example, vocabularies.written()));
  }

  private String read(Example example) {
    return vocabularies
        .find(Column.TOKENS)
        .map(tokens -> tokens.decode(example.tokens()))
        .orElse("vectors");
  }
}
