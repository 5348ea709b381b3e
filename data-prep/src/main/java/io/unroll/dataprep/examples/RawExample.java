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
 * @param labels one, or one for each step; empty where there are none
 * @param targetWords of the text that belongs to it, as they are written; empty where there is none
 * @param key examples of one key stay together; empty where there are no keys
 */
public record RawExample(
    int input,
    long place,
    String[] words,
    float[] values,
    String[] labels,
    String[] targetWords,
    String key)
    implements Serializable {

  private static final String[] NO_WORDS = new String[0];

  /** An example of words. */
  public static RawExample ofWords(long place, String[] words, String[] labels, String key) {
    return new RawExample(0, place, words, new float[0], labels, NO_WORDS, key);
  }

  /** An example of vectors. */
  public static RawExample ofValues(long place, float[] values, String[] labels) {
    return new RawExample(0, place, NO_WORDS, values, labels, NO_WORDS, "");
  }

  /** Vectors of what the key names. */
  public static RawExample ofKeyedValues(long place, float[] values, String key) {
    return new RawExample(0, place, NO_WORDS, values, NO_WORDS, NO_WORDS, key);
  }

  /** A text, and the one that belongs to it. */
  public static RawExample ofPair(long place, String[] words, String[] targetWords, String key) {
    return new RawExample(0, place, words, new float[0], NO_WORDS, targetWords, key);
  }

  RawExample in(int index) {
    return new RawExample(index, place, words, values, labels, targetWords, key);
  }

  /** With subwords instead of words; they have no labels of their own. */
  RawExample cut(WordEncoder subwords, WordEncoder targetSubwords) {
    return new RawExample(
        input,
        place,
        subwords.words(String.join("", words)),
        values,
        labels,
        targetSubwords.words(String.join("", targetWords)),
        key);
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
        targetWords,
        key);
  }
}
