package io.unroll.driver.sample;

import io.unroll.driver.config.SampleSettings;
import io.unroll.driver.report.SampleText;
import io.unroll.worker.decode.SamplingOptions;
import io.unroll.worker.model.LanguageArchitecture;
import java.util.Optional;

/** What a language model writes after a prompt. */
public final class TextIllustration implements Illustration {
  private final TextSampler sampler;
  private final LanguageArchitecture architecture;
  private final SampleSettings settings;
  private final long seed;

  /** Takes what samples depend on. */
  public TextIllustration(
      TextSampler sampler, LanguageArchitecture architecture, SampleSettings settings, long seed) {
    this.sampler = sampler;
    this.architecture = architecture;
    this.settings = settings;
    this.seed = seed;
  }

  @Override
  public Optional<SampleText> after(int round, float[] parameters) {
    if (settings.length() == 0) {
      return Optional.empty();
    }
    SamplingOptions options =
        new SamplingOptions(settings.temperature(), settings.topK(), settings.topP(), false, seed);
    TextSampler.Written written =
        sampler.write(architecture, parameters, settings.length(), options);
    return Optional.of(new SampleText(round, written.prompt(), written.continuation()));
  }
}
