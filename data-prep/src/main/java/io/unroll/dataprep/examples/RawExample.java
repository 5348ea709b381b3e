package io.unroll.dataprep.examples;

import java.io.Serializable;
import java.util.Arrays;

/**
 * An example as it stands in its input.
 *
 * @param input index of the input that has it
 * @param place its line or row there, from 1
 * @param words as they are written; empty where vectors are read
 * @param values of the vectors, one after the other; empty where words are read
 * @param labels one, or one for each step
 * @param key examples of one key stay together; empty where there are no keys
 */
public record RawExample(
    int input, long place, String[] words, float[] values, String[] labels, String key)
    implements Serializable {

  /** An example of words. */
  public static RawExample ofWords(long place, String[] words, String[] labels, String key) {
    return new RawExample(0, place, words, new float[0], labels, key);
  }

  /** An example of vectors. */
  public static RawExample ofValues(long place, float[] values, String[] labels) {
    return new RawExample(0, place, new String[0], values, labels, "");
  }

  RawExample in(int index) {
    return new RawExample(index, place, words, values, labels, key);
  }

  /** With subwords instead of words; they have no labels of their own. */
  RawExample cut(WordEncoder subwords) {
    return new RawExample(
        input, place, subwords.words(String.join("", words)), values, labels, key);
  }

  int steps(int vectorSize) {
    return vectorSize == 0 ? words.length : values.length / vectorSize;
  }

  /** Its first steps. */
  RawExample first(int steps, int vectorSize) {
    return new RawExample(
        input,
        place,
        vectorSize == 0 ? Arrays.copyOf(words, steps) : words,
        vectorSize == 0 ? values : Arrays.copyOf(values, steps * vectorSize),
        labels.length == 1 ? labels : Arrays.copyOf(labels, steps),
        key);
  }
}
