package io.unroll.dataprep.examples;

import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.dataset.VocabularyUse;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Examples with labels to rows. */
final class LabelEncoder implements Encoder {
  private static final long serialVersionUID = 1L;

  private final ExampleShape shape;
  private final Vocabulary labels;

  /** Null where vectors are read. */
  private final WordEncoder words;

  LabelEncoder(ExampleShape shape, Map<VocabularyUse, Vocabulary> vocabularies) {
    this.shape = shape;
    this.labels = vocabularies.get(VocabularyUse.LABELS);
    this.words =
        shape.source() == ExampleShape.Source.VECTORS
            ? null
            : new WordEncoder(
                vocabularies.get(VocabularyUse.TOKENS),
                Optional.ofNullable(vocabularies.get(VocabularyUse.CHARACTERS)));
  }

  @Override
  public Row row(long id, RawExample example) {
    int[] targets = targets(example.labels());
    if (shape.source() == ExampleShape.Source.VECTORS) {
      return RowFactory.create(id, example.values(), targets);
    }
    int[] tokens = words.tokens(example.words());
    if (!shape.characters()) {
      return RowFactory.create(id, tokens, targets);
    }
    int[][] characters = words.characters(example.words());
    return RowFactory.create(
        id,
        tokens,
        targets,
        Arrays.stream(characters).flatMapToInt(IntStream::of).toArray(),
        Arrays.stream(characters).mapToInt(ids -> ids.length).toArray());
  }

  private int[] targets(String[] targets) {
    return Arrays.stream(targets).mapToInt(label -> labels.id(label).orElseThrow()).toArray();
  }
}
