package io.unroll.driver.words;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.Tokenizer;
import io.unroll.driver.model.TrainedModel;
import io.unroll.worker.layer.ParameterLayout.Tensor;
import io.unroll.worker.model.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Words with a vector each, of length 1, so that the product of two is their cosine. Special tokens
 * ({@code <unk>}, {@code <bos>}, {@code <eos>}) are no words. Immutable. Lives on the driver.
 *
 * <p>Letters: N words, E numbers of a vector.
 */
public final class WordVectors {
  private static final Set<String> SPECIAL =
      Set.of(Tokenizer.UNKNOWN, Tokenizer.BEGIN, Tokenizer.END);

  private final String place;
  private final List<String> words;
  private final Map<String, Integer> ids;
  private final boolean lowerCase;
  private final int size;

  /** (N, E); a row of zeros where the vector is all 0, which is like no other. */
  private final float[] units;

  /**
   * A word that is like another one.
   *
   * @param cosine of the angle between both vectors, -1 to 1
   */
  public record Neighbour(String word, double cosine) {}

  /**
   * Takes vectors of any length.
   *
   * @param place where they are, for messages
   * @param words N of them, each once
   * @param lowerCase whether words have no capital letters, so that others are made so
   * @param values (N, E); made to be of length 1 in place, and kept
   * @throws DataException if a number is not finite
   */
  WordVectors(String place, List<String> words, boolean lowerCase, float[] values) {
    this.place = place;
    this.words = List.copyOf(words);
    this.lowerCase = lowerCase;
    this.size = words.isEmpty() ? 0 : values.length / words.size();
    this.units = values;
    this.ids = new HashMap<>(words.size() * 2);
    for (int id = 0; id < words.size(); id++) {
      ids.put(words.get(id), id);
      normalise(id);
    }
  }

  /** Whether a token stands for no word. */
  static boolean isSpecial(String token) {
    return SPECIAL.contains(token);
  }

  private void normalise(int id) {
    double squares = 0;
    for (int x = id * size; x < (id + 1) * size; x++) {
      squares += (double) units[x] * units[x];
    }
    if (!Double.isFinite(squares)) {
      throw new DataException(
          "Cannot use the vectors of %s: that of %s has a number that is not finite"
              .formatted(place, Vocabulary.named(words.get(id))));
    }
    double length = squares == 0 ? 1 : Math.sqrt(squares);
    for (int x = id * size; x < (id + 1) * size; x++) {
      units[x] = (float) (units[x] / length);
    }
  }

  /**
   * The rows of the embedding of what a model reads.
   *
   * @throws DataException if it reads no tokens
   */
  public static WordVectors of(TrainedModel model) {
    Vocabulary vocabulary =
        model
            .vocabularies()
            .find(Column.TOKENS)
            .orElseThrow(
                () ->
                    new DataException(
                        "Cannot use the model %s: it reads vectors of numbers (expected one that reads words)"
                            .formatted(model.uri())));
    Tensor embedding = model.architecture().layout().tensor(model.architecture().tokenVectors());
    int size = embedding.columns();
    List<String> words = new ArrayList<>();
    float[] values = new float[vocabulary.size() * size];
    for (int id = 0; id < vocabulary.size(); id++) {
      if (!isSpecial(vocabulary.token(id))) {
        int from = embedding.offset() + id * size;
        System.arraycopy(model.parameters(), from, values, words.size() * size, size);
        words.add(vocabulary.token(id));
      }
    }
    float[] used = Arrays.copyOf(values, words.size() * size);
    return new WordVectors(model.uri(), words, vocabulary.tokenizer().lowerCase(), used);
  }

  /** Where they are. */
  public String place() {
    return place;
  }

  /** N. */
  public int count() {
    return words.size();
  }

  /** E. */
  public int size() {
    return size;
  }

  /** A word as these are written: in lower-case letters if all of them are. */
  public String spelled(String word) {
    return lowerCase ? word.toLowerCase(Locale.ROOT) : word;
  }

  /** The number of a word, from 0; nothing if it is none of these, once it is spelled so. */
  public OptionalInt id(String word) {
    Integer id = ids.get(spelled(word));
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** Cosine of a word with each one. */
  float[] cosines(int id) {
    float[] cosines = new float[words.size()];
    int row = id * size;
    for (int other = 0; other < cosines.length; other++) {
      int from = other * size;
      double product = 0;
      for (int x = 0; x < size; x++) {
        product += (double) units[row + x] * units[from + x];
      }
      cosines[other] = (float) product;
    }
    return cosines;
  }

  /**
   * The words whose vectors have the smallest angles with that of a word, the nearest first; it
   * itself is none of them.
   *
   * @param count most of them
   * @throws DataException if the word is not known
   */
  public List<Neighbour> neighbours(String word, int count) {
    int id = id(word).orElseThrow(() -> unknown(word));
    float[] cosines = cosines(id);
    return IntStream.range(0, cosines.length)
        .filter(other -> other != id)
        .boxed()
        .sorted(Comparator.comparingDouble(other -> -cosines[other]))
        .limit(count)
        .map(other -> new Neighbour(words.get(other), cosines[other]))
        .toList();
  }

  private DataException unknown(String word) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "Cannot find the neighbours of %s: it is none of the %,d words of %s",
            Vocabulary.named(spelled(word)),
            words.size(),
            place));
  }
}
