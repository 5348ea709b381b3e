package io.unroll.bench.translation;

import io.unroll.worker.data.Example;
import io.unroll.worker.decode.BeamTokens;
import io.unroll.worker.decode.DecodingOptions;
import io.unroll.worker.decode.Hypothesis;
import io.unroll.worker.decode.TextDecoder;
import io.unroll.worker.layer.SoftmaxOutput;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.parallel.Cores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lets a model translate the same sentences again and again, and prints its speed as JSON. Its
 * parameters are random, and never write the end token: each text has as many tokens as it may.
 * Started by {@code bench/translation --beam}; {@code bench/pytorch-translation.py} does the same
 * work, and takes the same arguments: FILE, THREADS and SECONDS as {@link TranslationBenchmark}, and
 *
 * <pre>
 * WIDTH     of the beam; 1 is greedy
 * TOKENS    of each text
 * </pre>
 */
public final class DecodingBenchmark {
  private static final long SEED = 1;
  private static final int BEGIN = 1;
  private static final int END = 2;

  private final List<Example> examples;
  private final List<TextDecoder> decoders;
  private final int tokens;

  private DecodingBenchmark(List<Example> examples, int threads, int width, int tokens) {
    EncoderDecoderArchitecture architecture = TranslationBenchmark.architecture();
    float[] parameters = endless(architecture);
    this.examples = examples;
    this.tokens = tokens;
    this.decoders =
        Stream.generate(
                () ->
                    new TextDecoder(
                        architecture,
                        parameters,
                        new BeamTokens(BEGIN, END, OptionalInt.empty()),
                        new DecodingOptions(width, 1, 1, 0, tokens),
                        Cores.one(KernelChoice.fastest())))
            .limit(threads)
            .toList();
  }

  /** Random parameters, but that the end token is never written. */
  private static float[] endless(EncoderDecoderArchitecture architecture) {
    float[] parameters = architecture.layout().initialParameters(SEED);
    parameters[architecture.layout().tensor(SoftmaxOutput.BIAS).offset() + END] = -100;
    return parameters;
  }

  public static void main(String[] arguments) throws IOException {
    double seconds = Double.parseDouble(arguments[2]);
    DecodingBenchmark benchmark =
        new DecodingBenchmark(
            List.of(TranslationBenchmark.read(Path.of(arguments[0]))),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]));
    benchmark.decode(seconds / 2);
    System.out.println(benchmark.decode(seconds));
  }

  /** All sentences for so many seconds, at least once. */
  private String decode(double seconds) {
    long begin = System.nanoTime();
    long sentences = 0;
    while (sentences == 0 || System.nanoTime() - begin < seconds * 1e9) {
      IntStream.range(0, decoders.size()).parallel().forEach(this::decodeShare);
      sentences += examples.size();
    }
    double taken = (System.nanoTime() - begin) / 1e9;
    return String.format(
        Locale.ROOT,
        "{\"sentences-per-second\": %.1f, \"seconds\": %.3f}",
        sentences / taken,
        taken);
  }

  /** Each thread has a decoder, and its share of the sentences, as the tasks of Spark have. */
  private void decodeShare(int thread) {
    int from = examples.size() * thread / decoders.size();
    int to = examples.size() * (thread + 1) / decoders.size();
    List<List<Hypothesis>> written = decoders.get(thread).write(examples.subList(from, to));
    if (written.stream().anyMatch(best -> best.get(0).tokens().length < tokens)) {
      throw new IllegalStateException("Cannot measure: a text has ended before its last token");
    }
  }
}
