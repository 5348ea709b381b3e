package io.unroll.dataprep.examples;

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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Has the vocabularies of examples counted, encodes them, and has them written. */
final class ExampleEncoding {
  private final SparkSession spark;
  private final Cluster cluster;
  private final ExampleSettings settings;
  private final ExampleCorpora found;

  ExampleEncoding(
      SparkSession spark, Cluster cluster, ExampleSettings settings, ExampleCorpora found) {
    this.spark = spark;
    this.cluster = cluster;
    this.settings = settings;
    this.found = found;
  }

  PreparationSummary write(DatasetWriter writer, LabelledExamples labelled, List<String> notes) {
    Optional<PairLimits> limits = settings.pairs().map(PairLimits::new);
    limits.ifPresent(
        pairs ->
            cluster.named(
                "measuring the examples", () -> pairs.countIdentical(labelled.examples())));
    boolean subwords = areSubwords();
    Map<Split, JavaRDD<RawExample>> words =
        subwords ? labelled.examples() : within(limits, labelled.examples());
    ExampleVocabularies counted =
        cluster.named("counting the vocabulary", () -> vocabularies(words));
    labelled.labels().ifPresent(labels -> counted.byUse().put(VocabularyUse.LABELS, labels));
    Map<Split, JavaRDD<RawExample>> tokens =
        subwords ? within(limits, cut(words, counted.byUse())) : words;
    Manifest manifest = write(writer, counted, tokens);
    List<String> all = new ArrayList<>(notes);
    limits.ifPresent(pairs -> all.addAll(pairs.notes()));
    return new PreparationSummary(
        settings.output().uri(), manifest, counted.newTokens(), counted.mostFrequent(), all);
  }

  private ExampleVocabularies vocabularies(Map<Split, JavaRDD<RawExample>> words) {
    return settings.tokens().isEmpty()
        ? ExampleVocabularies.none()
        : ExampleVocabularies.count(cluster, settings, words);
  }

  private Manifest write(
      DatasetWriter writer, ExampleVocabularies counted, Map<Split, JavaRDD<RawExample>> examples) {
    Map<VocabularyUse, Vocabulary> vocabularies = counted.byUse();
    Optional<ExampleShape> shape = shape(counted);
    Encoder ready =
        shape.isPresent()
            ? new ExampleEncoder(shape.get(), vocabularies)
            : new SequenceEncoder(vocabularies.get(VocabularyUse.TOKENS));
    Broadcast<Encoder> encoder = cluster.context().broadcast(ready);
    try {
      Map<Split, SplitRows> splits = new EnumMap<>(Split.class);
      examples.forEach((split, own) -> splits.put(split, rows(own, shape, encoder)));
      var content =
          new DatasetContent(
              shape.isPresent() ? DatasetKind.EXAMPLES : DatasetKind.SEQUENCES,
              vocabularies,
              0,
              found.sources().files(),
              splits,
              found.sources().changes(),
              shape);
      return cluster.named("writing the dataset", () -> writer.write(content));
    } finally {
      encoder.unpersist(true);
    }
  }

  private boolean areSubwords() {
    return settings
        .tokens()
        .flatMap(tokens -> tokens.vocabulary().tokenizer().subwords())
        .isPresent();
  }

  /** What is left of pairs; others have no such limits. */
  private Map<Split, JavaRDD<RawExample>> within(
      Optional<PairLimits> limits, Map<Split, JavaRDD<RawExample>> examples) {
    return limits.isEmpty()
        ? examples
        : cluster.named("measuring the examples", () -> limits.get().within(examples));
  }

  /** The shape of what has a target. */
  private Optional<ExampleShape> shape(ExampleVocabularies counted) {
    return settings
        .target()
        .map(
            target ->
                settings
                    .tokens()
                    .map(
                        tokens ->
                            ExampleShape.ofTokens(target, tokens.characters(), counted.rareFrom()))
                    .orElseGet(() -> ExampleShape.ofVectors(found.vectorSize(), target)));
  }

  /** The examples with subwords instead of words. */
  private static Map<Split, JavaRDD<RawExample>> cut(
      Map<Split, JavaRDD<RawExample>> examples, Map<VocabularyUse, Vocabulary> vocabularies) {
    Vocabulary tokens = vocabularies.get(VocabularyUse.TOKENS);
    var subwords = new WordEncoder(tokens, Optional.empty());
    var targetSubwords =
        new WordEncoder(vocabularies.getOrDefault(VocabularyUse.TARGETS, tokens), Optional.empty());
    Map<Split, JavaRDD<RawExample>> cut = new EnumMap<>(Split.class);
    examples.forEach(
        (split, written) ->
            cut.put(split, written.map(example -> example.cut(subwords, targetSubwords))));
    return cut;
  }

  private SplitRows rows(
      JavaRDD<RawExample> examples, Optional<ExampleShape> shape, Broadcast<Encoder> encoder) {
    ExampleSizes sizes = ExampleSizes.of(examples, found.vectorSize());
    StructType schema =
        shape.map(ExampleShape::schema).orElseGet(() -> DatasetKind.SEQUENCES.schema());
    boolean texts = shape.filter(some -> some.target() == ExampleShape.Target.TEXT).isPresent();
    long ends = EndedText.ENDS * sizes.examples();
    return new SplitRows(
        spark.createDataFrame(ExampleRows.of(examples, sizes, encoder), schema),
        sizes.steps() + (shape.isPresent() ? 0 : ends),
        texts ? sizes.targetWords() + ends : 0,
        0);
  }
}
