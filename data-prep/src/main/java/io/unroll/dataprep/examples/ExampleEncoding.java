package io.unroll.dataprep.examples;

import io.unroll.dataprep.counting.CharacterVocabulary;
import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.counting.NewTokens;
import io.unroll.dataprep.counting.PreparedVocabulary;
import io.unroll.dataprep.counting.TokenCount;
import io.unroll.dataprep.counting.TokenCounts;
import io.unroll.dataprep.dataset.DatasetContent;
import io.unroll.dataprep.dataset.DatasetKind;
import io.unroll.dataprep.dataset.DatasetWriter;
import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.Manifest;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.SplitRows;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.dataset.VocabularyUse;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.summary.PreparationSummary;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/** Counts the vocabularies of examples, encodes them, and has them written. */
final class ExampleEncoding {
  private final SparkSession spark;
  private final Cluster cluster;
  private final ExampleSettings settings;
  private final ExampleCorpora found;
  private final Map<VocabularyUse, Vocabulary> vocabularies = new EnumMap<>(VocabularyUse.class);
  private Optional<NewTokens> newTokens = Optional.empty();
  private List<TokenCount> mostFrequent = List.of();

  ExampleEncoding(
      SparkSession spark, Cluster cluster, ExampleSettings settings, ExampleCorpora found) {
    this.spark = spark;
    this.cluster = cluster;
    this.settings = settings;
    this.found = found;
  }

  PreparationSummary write(DatasetWriter writer, LabelledExamples labelled, List<String> notes) {
    labelled.labels().ifPresent(labels -> vocabularies.put(VocabularyUse.LABELS, labels));
    Optional<ExampleShape> shape =
        cluster.named("counting the vocabulary", () -> shape(labelled.examples()));
    Map<Split, JavaRDD<RawExample>> cut = cut(labelled.examples());
    Encoder ready =
        shape.isPresent()
            ? new LabelEncoder(shape.get(), vocabularies)
            : new SequenceEncoder(vocabularies.get(VocabularyUse.TOKENS));
    Broadcast<Encoder> encoder = cluster.context().broadcast(ready);
    try {
      Map<Split, SplitRows> splits = new EnumMap<>(Split.class);
      cut.forEach((split, examples) -> splits.put(split, rows(examples, shape, encoder)));
      var content =
          new DatasetContent(
              shape.isPresent() ? DatasetKind.EXAMPLES : DatasetKind.SEQUENCES,
              vocabularies,
              0,
              found.sources().files(),
              splits,
              found.sources().changes(),
              shape);
      Manifest manifest = cluster.named("writing the dataset", () -> writer.write(content));
      return new PreparationSummary(
          settings.output().uri(), manifest, newTokens, mostFrequent, notes);
    } finally {
      encoder.unpersist(true);
    }
  }

  /** The examples with subwords instead of words, where there are such. */
  private Map<Split, JavaRDD<RawExample>> cut(Map<Split, JavaRDD<RawExample>> examples) {
    Vocabulary tokens = vocabularies.get(VocabularyUse.TOKENS);
    if (tokens == null || tokens.tokenizer().subwords().isEmpty()) {
      return examples;
    }
    var encoder = new WordEncoder(tokens, Optional.empty());
    Map<Split, JavaRDD<RawExample>> cut = new EnumMap<>(Split.class);
    examples.forEach(
        (split, written) -> cut.put(split, written.map(example -> example.cut(encoder))));
    return cut;
  }

  private SplitRows rows(
      JavaRDD<RawExample> examples, Optional<ExampleShape> shape, Broadcast<Encoder> encoder) {
    ExampleSizes sizes = ExampleSizes.of(examples, found.vectorSize());
    StructType schema =
        shape.map(ExampleShape::schema).orElseGet(() -> DatasetKind.SEQUENCES.schema());
    long ends = shape.isPresent() ? 0 : SequenceEncoder.ENDS * sizes.examples();
    return new SplitRows(
        spark.createDataFrame(ExampleRows.of(examples, sizes, encoder), schema),
        sizes.steps() + ends,
        0);
  }

  /** Counts the vocabularies; what has no target has no shape. */
  private Optional<ExampleShape> shape(Map<Split, JavaRDD<RawExample>> examples) {
    if (settings.tokens().isEmpty()) {
      return settings.target().map(target -> ExampleShape.ofVectors(found.vectorSize(), target));
    }
    ExampleSettings.TokenSettings tokens = settings.tokens().get();
    boolean lowerCase = tokens.vocabulary().tokenizer().lowerCase();
    JavaPairRDD<String, Long> elsewhere = JavaPairRDD.fromJavaRDD(cluster.context().emptyRDD());
    for (var split : examples.entrySet()) {
      if (split.getKey() != Split.TRAIN) {
        elsewhere = elsewhere.union(frequencies(split.getValue(), lowerCase));
      }
    }
    JavaRDD<RawExample> training = examples.get(Split.TRAIN);
    var counts = new TokenCounts(frequencies(training, lowerCase), elsewhere);
    PreparedVocabulary prepared = tokens.vocabulary().prepare(counts);
    vocabularies.put(VocabularyUse.TOKENS, prepared.vocabulary());
    newTokens = prepared.newTokens();
    mostFrequent = counts.mostFrequent();
    if (tokens.characters()) {
      vocabularies.put(
          VocabularyUse.CHARACTERS,
          CharacterVocabulary.of(characters(training), tokens.characterMinCount()));
    }
    int rareFrom =
        tokens.vocabulary() instanceof CountedVocabulary counted
                && counted.tokenizer().subwords().isEmpty()
            ? counts.rareFrom(prepared.vocabulary())
            : prepared.vocabulary().size();
    return settings
        .target()
        .map(target -> ExampleShape.ofTokens(target, tokens.characters(), rareFrom));
  }

  private static JavaPairRDD<String, Long> frequencies(
      JavaRDD<RawExample> examples, boolean lowerCase) {
    return examples
        .flatMap(example -> Arrays.asList(example.words()).iterator())
        .mapToPair(word -> new Tuple2<>(WrittenWord.token(word, lowerCase), 1L))
        .reduceByKey(Long::sum);
  }

  private TokenCounts characters(JavaRDD<RawExample> training) {
    return new TokenCounts(
        training
            .flatMap(example -> Arrays.asList(example.words()).iterator())
            .flatMap(
                word ->
                    Arrays.stream(WrittenWord.characters(word))
                        .mapToObj(Character::toString)
                        .iterator())
            .mapToPair(character -> new Tuple2<>(character, 1L))
            .reduceByKey(Long::sum),
        JavaPairRDD.fromJavaRDD(cluster.context().emptyRDD()));
  }
}
