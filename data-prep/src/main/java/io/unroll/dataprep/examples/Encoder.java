package io.unroll.dataprep.examples;

import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.dataset.VocabularyUse;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Examples to rows. Sent to the tasks. */
final class Encoder implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ExampleShape shape;
  private final EnumMap<VocabularyUse, Vocabulary> vocabularies;

  Encoder(ExampleShape shape, Map<VocabularyUse, Vocabulary> vocabularies) {
    this.shape = shape;
    this.vocabularies = new EnumMap<>(vocabularies);
  }

  Row row(long id, RawExample example) {
    int[] targets = targets(example.labels());
    if (shape.source() == ExampleShape.Source.VECTORS) {
      return RowFactory.create(id, example.values(), targets);
    }
    int[] tokens = tokens(example.words());
    if (!shape.characters()) {
      return RowFactory.create(id, tokens, targets);
    }
    int[][] characters = Arrays.stream(example.words()).map(this::characters).toArray(int[][]::new);
    return RowFactory.create(
        id,
        tokens,
        targets,
        Arrays.stream(characters).flatMapToInt(IntStream::of).toArray(),
        Arrays.stream(characters).mapToInt(ids -> ids.length).toArray());
  }

  private int[] tokens(String[] words) {
    Vocabulary tokens = vocabularies.get(VocabularyUse.TOKENS);
    boolean lowerCase = tokens.tokenizer().lowerCase();
    return Arrays.stream(words)
        .mapToInt(word -> tokens.idOrUnknown(WrittenWord.token(word, lowerCase)))
        .toArray();
  }

  private int[] targets(String[] labels) {
    Vocabulary known = vocabularies.get(VocabularyUse.LABELS);
    return Arrays.stream(labels).mapToInt(label -> known.id(label).orElseThrow()).toArray();
  }

  private int[] characters(String word) {
    Vocabulary characters = vocabularies.get(VocabularyUse.CHARACTERS);
    int unknown = characters.id(Tokenizer.UNKNOWN).orElseThrow();
    return Arrays.stream(WrittenWord.characters(word))
        .map(point -> characters.id(Character.toString(point)).orElse(unknown))
        .toArray();
  }
}
