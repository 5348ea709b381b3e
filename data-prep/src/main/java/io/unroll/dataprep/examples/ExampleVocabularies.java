package io.unroll.dataprep.examples;

import io.unroll.dataprep.counting.CharacterVocabulary;
import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.counting.NewTokens;
import io.unroll.dataprep.counting.PreparedVocabulary;
import io.unroll.dataprep.counting.TokenCount;
import io.unroll.dataprep.counting.TokenCounts;
import io.unroll.dataprep.counting.VocabularyChoice;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.dataset.VocabularyUse;
import io.unroll.dataprep.source.Cluster;
import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * The vocabularies of examples.
 *
 * @param byUse those that there are
 * @param rareFrom the first id of a token that training has only once: see {@link
 *     io.unroll.dataprep.dataset.ExampleShape}
 * @param newTokens what was appended to a vocabulary that was given; empty where none was
 * @param mostFrequent the most frequent tokens that are read
 */
record ExampleVocabularies(
    Map<VocabularyUse, Vocabulary> byUse,
    int rareFrom,
    Optional<NewTokens> newTokens,
    List<TokenCount> mostFrequent) {

  /** Which words of an example are counted. */
  private interface Side extends Serializable {
    Stream<String> words(RawExample example);
  }

  /** Those of vectors: none but that of labels. */
  static ExampleVocabularies none() {
    return new ExampleVocabularies(
        new EnumMap<>(VocabularyUse.class), 0, Optional.empty(), List.of());
  }

  /** Counts those of words. */
  static ExampleVocabularies count(
      Cluster cluster, ExampleSettings settings, Map<Split, JavaRDD<RawExample>> examples) {
    return new Counting(cluster, settings, examples).vocabularies();
  }

  private record Counting(
      Cluster cluster, ExampleSettings settings, Map<Split, JavaRDD<RawExample>> examples) {

    ExampleVocabularies vocabularies() {
      ExampleSettings.TokenSettings tokens = settings.tokens().orElseThrow();
      boolean joint = settings.pairs().filter(pairs -> pairs.targets().isEmpty()).isPresent();
      TokenCounts counts =
          counts(tokens.vocabulary(), joint ? Counting::ofBoth : Counting::ofSource);
      PreparedVocabulary prepared = tokens.vocabulary().prepare(counts);
      Map<VocabularyUse, Vocabulary> byUse = new EnumMap<>(VocabularyUse.class);
      byUse.put(VocabularyUse.TOKENS, prepared.vocabulary());
      settings
          .pairs()
          .ifPresent(
              pairs ->
                  byUse.put(
                      VocabularyUse.TARGETS,
                      pairs.targets().map(this::ofTargets).orElse(prepared.vocabulary())));
      if (tokens.characters()) {
        byUse.put(
            VocabularyUse.CHARACTERS,
            CharacterVocabulary.of(characters(), tokens.characterMinCount()));
      }
      return new ExampleVocabularies(
          byUse,
          rareFrom(tokens.vocabulary(), prepared.vocabulary(), counts),
          prepared.newTokens(),
          counts.mostFrequent());
    }

    private static Stream<String> ofSource(RawExample example) {
      return Arrays.stream(example.words());
    }

    private static Stream<String> ofTarget(RawExample example) {
      return Arrays.stream(example.targetWords());
    }

    private static Stream<String> ofBoth(RawExample example) {
      return Stream.concat(ofSource(example), ofTarget(example));
    }

    private Vocabulary ofTargets(VocabularyChoice choice) {
      return choice.prepare(counts(choice, Counting::ofTarget)).vocabulary();
    }

    private static int rareFrom(VocabularyChoice choice, Vocabulary made, TokenCounts counts) {
      return choice instanceof CountedVocabulary counted && counted.tokenizer().subwords().isEmpty()
          ? counts.rareFrom(made)
          : made.size();
    }

    private TokenCounts counts(VocabularyChoice choice, Side side) {
      boolean lowerCase = choice.tokenizer().lowerCase();
      JavaPairRDD<String, Long> elsewhere = none();
      for (var split : examples.entrySet()) {
        if (split.getKey() != Split.TRAIN) {
          elsewhere = elsewhere.union(frequencies(split.getValue(), side, lowerCase));
        }
      }
      return new TokenCounts(frequencies(examples.get(Split.TRAIN), side, lowerCase), elsewhere);
    }

    private static JavaPairRDD<String, Long> frequencies(
        JavaRDD<RawExample> examples, Side side, boolean lowerCase) {
      return examples
          .flatMap(example -> side.words(example).iterator())
          .mapToPair(word -> new Tuple2<>(WrittenWord.token(word, lowerCase), 1L))
          .reduceByKey(Long::sum);
    }

    private TokenCounts characters() {
      return new TokenCounts(
          examples
              .get(Split.TRAIN)
              .flatMap(example -> Arrays.asList(example.words()).iterator())
              .flatMap(
                  word ->
                      Arrays.stream(WrittenWord.characters(word))
                          .mapToObj(Character::toString)
                          .iterator())
              .mapToPair(character -> new Tuple2<>(character, 1L))
              .reduceByKey(Long::sum),
          none());
    }

    private JavaPairRDD<String, Long> none() {
      return JavaPairRDD.fromJavaRDD(cluster.context().emptyRDD());
    }
  }
}
