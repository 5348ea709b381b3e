package io.unroll.dataprep.generate;

import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.examples.Mixing;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.vectors.LabelledArray;
import io.unroll.dataprep.vectors.VectorShape;
import io.unroll.dataprep.vectors.VectorView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A clip of each picture, which drifts into view: at first its half is outside, and in the last
 * frame it is near the middle. So the first frames tell where it comes from, and the last one alone
 * tells nothing of it, since where it ends, up to {@value #JITTER} pixels from the middle, does not
 * depend on the direction. Direction and end follow from the seed and the picture's place in its
 * input. Every frame has a label.
 *
 * @param frames of a clip, at least 2
 * @param labels what they say
 * @param background what is around the picture
 * @param seed decides about directions and ends
 */
public record Frames(int frames, Labels labels, float background, long seed) implements VectorView {
  /** As in the clips of the usual films of a second or two. */
  public static final int DEFAULT_FRAMES = 16;

  private static final int MOST_FRAMES = 1_000;
  private static final int JITTER = 2;
  private static final int SMALLEST_SIDE = 8;

  /** Numbers of a frame at most: larger pictures are halved until they have no more. */
  private static final int MOST_NUMBERS = 256;

  /** What labels say. */
  public enum Labels {
    CLASS_DIRECTION,
    DIRECTION,
    CLASS;

    /**
     * Those of a name, such as {@code class-direction}.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Labels of(String name) {
      return Arrays.stream(values())
          .filter(labels -> labels.label().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "Invalid labels-of: %s (expected class-direction, direction or class)"
                          .formatted(name)));
    }

    private String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Where the picture goes. */
  private enum Direction {
    LEFT(-1, 0),
    RIGHT(1, 0),
    UP(0, -1),
    DOWN(0, 1);

    private final int x;
    private final int y;

    Direction(int x, int y) {
      this.x = x;
      this.y = y;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Frames {
    if (frames < 2 || frames > MOST_FRAMES) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid frames: %d (expected 2 to %d)", frames, MOST_FRAMES));
    }
  }

  @Override
  public VectorShape shape(int[] shape, Target target) {
    Pictures.require(shape, target, SMALLEST_SIDE);
    var canvas = new Canvas(shape[0], shape[1], background);
    return new VectorShape(canvas.halved(MOST_NUMBERS).size(), Target.TAGS);
  }

  @Override
  public RawExample example(LabelledArray picture) {
    int height = picture.shape()[0];
    int width = picture.shape()[1];
    long own = Mixing.of(seed, picture.number());
    Direction direction =
        Direction.values()[Math.floorMod(Mixing.of(own, 0), Direction.values().length)];
    int endX = end(Mixing.of(own, 1));
    int endY = end(Mixing.of(own, 2));
    int halfWidth = width / 2;
    int halfHeight = height / 2;
    List<float[]> clip = new ArrayList<>();
    for (int frame = 0; frame < frames; frame++) {
      double left = (double) (frames - 1 - frame) / (frames - 1);
      int x = endX - direction.x * (int) Math.round(left * halfWidth);
      int y = endY - direction.y * (int) Math.round(left * halfHeight);
      var canvas = new Canvas(height, width, background);
      clip.add(canvas.with(picture.values(), x, y).halved(MOST_NUMBERS).pixels());
    }
    String[] said = new String[frames];
    Arrays.fill(said, label(picture.labels()[0], direction));
    return RawExample.ofValues(picture.row(), joined(clip), said);
  }

  private static int end(long random) {
    return Math.floorMod(random, 2 * JITTER + 1) - JITTER;
  }

  private static float[] joined(List<float[]> clip) {
    int size = clip.get(0).length;
    float[] values = new float[clip.size() * size];
    for (int frame = 0; frame < clip.size(); frame++) {
      System.arraycopy(clip.get(frame), 0, values, frame * size, size);
    }
    return values;
  }

  private String label(String ofClass, Direction direction) {
    return switch (labels) {
      case CLASS -> ofClass;
      case DIRECTION -> direction.label();
      case CLASS_DIRECTION -> ofClass + "-" + direction.label();
    };
  }

  @Override
  public Optional<List<String>> labels(Optional<List<String>> classes) {
    return labels == Labels.DIRECTION
        ? Optional.of(ofEach(""))
        : classes.map(names -> names.stream().flatMap(name -> ofEach(name).stream()).toList());
  }

  private List<String> ofEach(String ofClass) {
    return Arrays.stream(Direction.values())
        .map(direction -> label(ofClass, direction))
        .distinct()
        .toList();
  }
}
