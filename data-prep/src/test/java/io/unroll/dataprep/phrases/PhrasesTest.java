package io.unroll.dataprep.phrases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhrasesTest {
  private static List<String> phrases(
      String source, String target, Alignment alignment, int longest) {
    List<String> found = new ArrayList<>();
    new Phrases(source.split(" "), target.split(" "), alignment, longest)
        .each((phrase, translation) -> found.add(phrase + " = " + translation));
    return found;
  }

  @Test
  void bothDirectionsAreNeededUnlessALinkIsNear() {
    // Both say 0-0; only one says 1-1, which is next to it; only one says 0-3, which is not.
    Alignment alignment = Alignment.of(new int[] {0, 1, -1, 0}, new int[] {0, -1});
    assertArrayEquals(
        new boolean[][] {{true, false, false, false}, {false, true, false, false}},
        alignment.linked());
  }

  @Test
  void wordsThatHaveTranslationsGetNoOtherOnes() {
    // 0-0 and 1-1 are certain; 0-1 is next to both, and both its words have links.
    Alignment alignment = Alignment.of(new int[] {0, 1}, new int[] {0, 1});
    assertArrayEquals(new boolean[][] {{true, false}, {false, true}}, alignment.linked());
    // A target word without a translation joins its neighbour's.
    Alignment joined = Alignment.of(new int[] {0, 0}, new int[] {0});
    assertArrayEquals(new boolean[][] {{true, true}}, joined.linked());
  }

  @Test
  void phrasesHaveNoLinkToTheOutside() {
    // Ein Hund rennt schnell / quickly a dog runs: the last word crosses the others.
    Alignment alignment = Alignment.of(new int[] {3, 0, 1, 2}, new int[] {1, 2, 3, 0});
    assertEquals(
        List.of(
            "ein = a",
            "ein hund = a dog",
            "ein hund rennt = a dog runs",
            "ein hund rennt schnell = quickly a dog runs",
            "hund = dog",
            "hund rennt = dog runs",
            "rennt = runs",
            "schnell = quickly"),
        phrases("ein hund rennt schnell", "quickly a dog runs", alignment, 4));
    assertEquals(
        List.of("ein = a", "hund = dog", "rennt = runs", "schnell = quickly"),
        phrases("ein hund rennt schnell", "quickly a dog runs", alignment, 1));
  }

  @Test
  void wordsWithoutALinkMayStandAtTheEnds() {
    Alignment alignment = Alignment.of(new int[] {0, -1, 1}, new int[] {0, 2});
    assertEquals(
        List.of(
            "geht = goes",
            "geht = goes to",
            "geht heim = goes to home",
            "heim = to home",
            "heim = home"),
        phrases("geht heim", "goes to home", alignment, 3));
  }
}
