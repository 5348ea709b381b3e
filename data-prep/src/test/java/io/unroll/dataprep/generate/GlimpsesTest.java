package io.unroll.dataprep.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.generate.Glimpses.Path;
import io.unroll.dataprep.vectors.LabelledArray;
import io.unroll.dataprep.vectors.VectorShape;
import org.junit.jupiter.api.Test;

class GlimpsesTest {
  private static final int SIDE = 28;

  /** Where each number is what it is: row times 28 plus column. */
  private static LabelledArray picture() {
    float[] values = new float[SIDE * SIDE];
    for (int x = 0; x < values.length; x++) {
      values[x] = x;
    }
    return new LabelledArray(7, 1, new int[] {SIDE, SIDE}, values, new String[] {"Coat"});
  }

  @Test
  void sixWindowsGoToTheRightAboveAndBackBelow() {
    var example = new Glimpses(Path.SIX).example(picture());
    assertEquals(7, example.place());
    assertArrayEquals(new String[] {"Coat"}, example.labels());
    assertEquals(6 * 66, example.values().length);
    int[] lefts = {2, 10, 18, 18, 10, 2};
    int[] tops = {4, 4, 4, 16, 16, 16};
    for (int window = 0; window < 6; window++) {
      int first = tops[window] * SIDE + lefts[window];
      assertEquals(first, example.values()[window * 66]);
      assertEquals(first + 7, example.values()[window * 66 + 7]);
      assertEquals(first + SIDE, example.values()[window * 66 + 8]);
      assertEquals(first + 7 * SIDE + 7, example.values()[window * 66 + 63]);
      assertEquals((lefts[window] + 4 - 14) / 14f, example.values()[window * 66 + 64], 1e-6);
      assertEquals((tops[window] + 4 - 14) / 14f, example.values()[window * 66 + 65], 1e-6);
    }
  }

  @Test
  void theCentralWindowIsInTheMiddle() {
    float[] values = new Glimpses(Path.CENTRAL).example(picture()).values();
    assertEquals(66, values.length);
    assertEquals(10 * SIDE + 10, values[0]);
    assertArrayEquals(new float[] {0, 0}, new float[] {values[64], values[65]});
  }

  @Test
  void takesPicturesWithALabelOnly() {
    var glimpses = new Glimpses(Path.SIX);
    assertEquals(new VectorShape(66, Target.LABEL), glimpses.shape(new int[] {9, 8}, Target.LABEL));
    var small =
        assertThrows(
            IllegalArgumentException.class, () -> glimpses.shape(new int[] {28, 7}, Target.LABEL));
    assertEquals(
        "each of its arrays has the shape [28, 7] (expected pictures of at least 8 x 8)",
        small.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> glimpses.shape(new int[] {784}, Target.LABEL));
    var tagged =
        assertThrows(
            IllegalArgumentException.class, () -> glimpses.shape(new int[] {28, 28}, Target.TAGS));
    assertEquals(
        "there is a label for each row of its pictures (expected one for each picture)",
        tagged.getMessage());
  }
}
