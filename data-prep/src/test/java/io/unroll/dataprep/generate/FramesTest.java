package io.unroll.dataprep.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.generate.Frames.Labels;
import io.unroll.dataprep.vectors.LabelledArray;
import io.unroll.dataprep.vectors.VectorShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FramesTest {
  private static final int SIDE = 16;
  private static final int PIXELS = SIDE * SIDE;

  /** A bright square of 4 x 4 in the middle. */
  private static RawExample clip(Frames frames, long number) {
    float[] values = new float[PIXELS];
    for (int y = 6; y < 10; y++) {
      Arrays.fill(values, y * SIDE + 6, y * SIDE + 10, 1);
    }
    return frames.example(
        new LabelledArray(1, number, new int[] {SIDE, SIDE}, values, new String[] {"Bag"}));
  }

  private static Frames frames(Labels labels) {
    return new Frames(9, labels, 0, 1);
  }

  /** The mean x and y of what is bright in a frame, from the middle of the canvas; in pixels. */
  private static double[] middle(RawExample clip, int frame) {
    double x = 0;
    double y = 0;
    double sum = 0;
    for (int at = 0; at < PIXELS; at++) {
      float value = clip.values()[frame * PIXELS + at];
      x += value * (at % SIDE + .5 - SIDE / 2.0);
      int row = at / SIDE;
      y += value * (row + .5 - SIDE / 2.0);
      sum += value;
    }
    return new double[] {x / sum, y / sum};
  }

  @Test
  void picturesDriftFromTheSideThatTheLabelSays() {
    Map<String, double[]> ways =
        Map.of(
            "left", new double[] {-1, 0},
            "right", new double[] {1, 0},
            "up", new double[] {0, -1},
            "down", new double[] {0, 1});
    Map<String, Integer> seen = new TreeMap<>();
    for (int number = 0; number < 200; number++) {
      RawExample clip = clip(frames(Labels.DIRECTION), number);
      assertEquals(9, clip.labels().length);
      assertEquals(1, Arrays.stream(clip.labels()).distinct().count());
      double[] way = ways.get(clip.labels()[0]);
      double[] last = middle(clip, 8);
      for (int frame = 4; frame < 8; frame++) { // half way, so that the square is inside
        double[] at = middle(clip, frame);
        assertEquals(last[0] - way[0] * (8 - frame), at[0], 1e-6);
        assertEquals(last[1] - way[1] * (8 - frame), at[1], 1e-6);
      }
      seen.merge(clip.labels()[0], 1, Integer::sum);
    }
    assertEquals(4, seen.size());
    assertTrue(seen.values().stream().allMatch(count -> count > 30), seen::toString);
  }

  @Test
  void theLastFrameDoesNotTellTheDirection() {
    Map<String, List<String>> ends = new TreeMap<>();
    for (int number = 0; number < 4000; number++) {
      RawExample clip = clip(frames(Labels.DIRECTION), number);
      double[] last = middle(clip, 8);
      ends.computeIfAbsent(clip.labels()[0], direction -> new ArrayList<>())
          .add(Math.round(last[0]) + "," + Math.round(last[1]));
    }
    for (List<String> each : ends.values()) { // all 25 places, from -2 to 2 both ways
      assertEquals(25, each.stream().distinct().count());
      long central = each.stream().filter("0,0"::equals).count();
      // 1 in 25 of about 1,000, within four standard deviations.
      assertEquals(each.size() / 25., (double) central, 4 * Math.sqrt(each.size() / 25.));
    }
  }

  @Test
  void theSameSeedGivesTheSameClip() {
    var frames = frames(Labels.CLASS);
    assertArrayEquals(clip(frames, 5).values(), clip(frames, 5).values());
    long others =
        LongStream.range(0, 50)
            .filter(
                number ->
                    !Arrays.equals(
                        clip(frames, number).values(),
                        clip(new Frames(9, Labels.CLASS, 0, 2), number).values()))
            .count();
    assertTrue(others > 40, () -> others + " of 50 clips differ");
  }

  @Test
  void labelsSayWhatIsAskedFor() {
    assertEquals("Bag", clip(frames(Labels.CLASS), 1).labels()[0]);
    String direction = clip(frames(Labels.DIRECTION), 1).labels()[0];
    assertEquals("Bag-" + direction, clip(frames(Labels.CLASS_DIRECTION), 1).labels()[0]);
    var names = Optional.of(List.of("Coat", "Bag"));
    assertEquals(names, frames(Labels.CLASS).labels(names));
    assertEquals(
        Optional.of(List.of("left", "right", "up", "down")),
        frames(Labels.DIRECTION).labels(Optional.empty()));
    assertEquals(
        List.of("Coat-left", "Coat-right", "Coat-up", "Coat-down", "Bag-left"),
        frames(Labels.CLASS_DIRECTION).labels(names).orElseThrow().subList(0, 5));
    assertEquals(Optional.empty(), frames(Labels.CLASS_DIRECTION).labels(Optional.empty()));
    assertEquals(Labels.CLASS_DIRECTION, Labels.of("class-direction"));
    assertThrows(IllegalArgumentException.class, () -> Labels.of("both"));
    assertThrows(IllegalArgumentException.class, () -> new Frames(1, Labels.CLASS, 0, 1));
  }

  @Test
  void largePicturesAreHalved() {
    var frames = frames(Labels.CLASS);
    assertEquals(new VectorShape(196, Target.TAGS), frames.shape(new int[] {28, 28}, Target.LABEL));
    assertEquals(new VectorShape(256, Target.TAGS), frames.shape(new int[] {16, 16}, Target.LABEL));
    var canvas = new Canvas(3, 2, 8, new float[] {0, 4, 4, 0, 1, 3});
    assertArrayEquals(new float[] {2, 5}, canvas.halved(3).pixels());
  }
}
