package io.unroll.driver.words;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.WordTokenizer;
import io.unroll.driver.words.WordVectors.Neighbour;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordVectorsTest {
  private static final List<String> WORDS = List.of("far", "near", "word", "nowhere", "against");

  private static WordVectors vectors() {
    return new WordVectors("here", WORDS, true, new float[] {0, 2, 3, 0.3f, 1, 0, 0, 0, -5, 0});
  }

  @Test
  void neighboursAreThoseOfTheSmallestAngle() {
    List<Neighbour> found = vectors().neighbours("Word", 3);
    assertEquals(List.of("near", "far", "nowhere"), found.stream().map(Neighbour::word).toList());
    assertEquals(10 / Math.sqrt(101), found.get(0).cosine(), 1e-6);
    assertEquals(0, found.get(2).cosine(), "a vector of zeros is like no other");
    assertEquals("against", vectors().neighbours("word", 9).get(3).word());
  }

  @Test
  void refusesAWordThatItLacks() {
    assertEquals(
        "Cannot find the neighbours of 'no' (U+006E U+006F): it is none of the 5 words of here",
        assertThrows(DataException.class, () -> vectors().neighbours("NO", 1)).getMessage());
  }

  @Test
  void refusesNumbersThatAreNotFinite() {
    String message =
        assertThrows(
                DataException.class,
                () -> new WordVectors("here", List.of("a"), true, new float[] {Float.NaN, 1}))
            .getMessage();
    assertTrue(message.endsWith("has a number that is not finite"), message);
  }

  private static List<String[]> sentences(boolean whole, int longest, int[]... rows) {
    Vocabulary vocabulary =
        new Vocabulary(new WordTokenizer(false, 1, 0), List.of("<unk>", "<eos>", "a", "b", "c"));
    List<String[]> sentences = new ArrayList<>();
    new Sentences(vocabulary, longest, whole, List.of(rows).iterator())
        .forEachRemaining(sentences::add);
    return sentences;
  }

  @Test
  void sentencesOfRunningTextGoOnOverRows() {
    List<String[]> sentences =
        sentences(false, 10, new int[] {2, 0, 1, 1, 3}, new int[] {4, 1, 2}, new int[] {});
    assertEquals(3, sentences.size());
    assertArrayEquals(new String[] {"a"}, sentences.get(0));
    assertArrayEquals(new String[] {"b", "c"}, sentences.get(1));
    assertArrayEquals(new String[] {"a"}, sentences.get(2));
  }

  @Test
  void aCaptionOrExampleIsASentence() {
    List<String[]> sentences =
        sentences(true, 2, new int[] {2, 3, 4}, new int[] {}, new int[] {0}, new int[] {2});
    assertEquals(3, sentences.size());
    assertArrayEquals(new String[] {"a", "b"}, sentences.get(0));
    assertArrayEquals(new String[] {"c"}, sentences.get(1));
    assertArrayEquals(new String[] {"a"}, sentences.get(2));
  }
}
