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

/** Examples with labels or target texts to rows. */
final class ExampleEncoder implements Encoder {
  private static final long serialVersionUID = 1L;

  private final ExampleShape shape;
  private final TargetEncoder targets;

  /** Null where vectors are read. */
  private final WordEncoder words;

  ExampleEncoder(ExampleShape shape, Map<VocabularyUse, Vocabulary> vocabularies) {
    this.shape = shape;
    this.targets = TargetEncoder.of(shape, vocabularies);
    this.words =
        shape.source() == ExampleShape.Source.VECTORS
            ? null
            : new WordEncoder(
                vocabularies.get(VocabularyUse.TOKENS),
                Optional.ofNullable(vocabularies.get(VocabularyUse.CHARACTERS)));
  }

  @Override
  public Row row(long id, RawExample example) {
    int[] ids = targets.ids(example);
    if (shape.source() == ExampleShape.Source.VECTORS) {
      return RowFactory.create(id, example.values(), ids);
    }
    int[] tokens = words.tokens(example.words());
    if (!shape.characters()) {
      return RowFactory.create(id, tokens, ids);
    }
    int[][] characters = words.characters(example.words());
    return RowFactory.create(
        id,
        tokens,
        ids,
        Arrays.stream(characters).flatMapToInt(IntStream::of).toArray(),
        Arrays.stream(characters).mapToInt(word -> word.length).toArray());
  }
}
