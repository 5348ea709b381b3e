package io.unroll.dataprep.features;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.ExampleReader;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.source.TextLines;
import io.unroll.dataprep.vectors.NumberArray;
import io.unroll.dataprep.vectors.NumberType;
import io.unroll.fuzz.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;

/** The parsers of vectors of images. Unroll writes none, so there is nothing to read again. */
public final class FeatureTargets {
  private static final byte[] FOUR_IDS = "1\n2\n3\n4\n".getBytes(US_ASCII);
  private static final NumberType BYTES =
      new NumberType(NumberType.Kind.UNSIGNED, 1, ByteOrder.BIG_ENDIAN);

  private FeatureTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of("npy", file -> array(file, false), DataException.class),
        Target.of("mat", file -> array(file, true), DataException.class),
        Target.of("image-ids", FeatureTargets::ids, DataException.class),
        Target.of("feature-tsv", file -> lines(file, new NumberLines(), 2), DataException.class),
        Target.of(
            "feature-classes",
            file -> lines(file, new ClassLines(4, false), 4),
            DataException.class),
        Target.of(
            "feature-bottom-up", file -> lines(file, new BottomUpLines(), 2), DataException.class));
  }

  private static TextLines text(byte[] file) {
    return new TextLines(new ByteArrayInputStream(file), Target.FILE);
  }

  private static Target.Check array(byte[] file, boolean matlab) throws IOException {
    NumberArray array = ArrayFeatures.read(new ByteArrayInputStream(file), Target.FILE, matlab);
    int vectorSize = array.shape()[array.shape().length - 1];
    return all(new ArrayFeatures.Reader(array, text(FOUR_IDS), Target.FILE, "ids.txt", vectorSize));
  }

  private static Target.Check ids(byte[] file) throws IOException {
    var array = new NumberArray(new int[] {4, 1}, BYTES, new ByteArrayInputStream(new byte[4]));
    return all(new ArrayFeatures.Reader(array, text(file), "array.npy", Target.FILE, 1));
  }

  private static Target.Check lines(byte[] file, LineParser parser, int vectorSize)
      throws IOException {
    return all(new LineFeatures.Reader(text(file), parser, vectorSize));
  }

  /** What is wrong with an image is told with its file by whoever reads. */
  private static Target.Check all(ExampleReader reader) throws IOException {
    try (reader) {
      RawExample example = reader.next();
      while (example != null) {
        example = reader.next();
      }
      return Target.Check.NONE;
    } catch (BadExample e) {
      throw new DataException(Target.FILE + ": " + e.getMessage(), e);
    }
  }
}
