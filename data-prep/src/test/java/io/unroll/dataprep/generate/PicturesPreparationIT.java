package io.unroll.dataprep.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.ExampleRow;
import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.examples.Division;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleSettings.Bad;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.examples.Prepared;
import io.unroll.dataprep.generate.Frames.Labels;
import io.unroll.dataprep.generate.Glimpses.Path;
import io.unroll.dataprep.vectors.IdxFile;
import io.unroll.dataprep.vectors.Scaling;
import io.unroll.dataprep.vectors.VectorUris;
import io.unroll.dataprep.vectors.VectorView;
import io.unroll.dataprep.vectors.VectorsPreparation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures to clips and glimpses, written and read. */
class PicturesPreparationIT {
  private static final int COUNT = 12;
  private static final int SIDE = 12;

  @TempDir private java.nio.file.Path folder;

  private void prepare(VectorView view, int... shape) throws IOException {
    int[] pixels = new Random(1).ints(COUNT * SIDE * SIDE, 0, 256).toArray();
    int[] classes = new Random(2).ints(COUNT, 0, 3).toArray();
    classes[0] = 0;
    classes[1] = 1;
    var images = Files.write(folder.resolve("images"), IdxFile.of(shape, pixels));
    var labels = Files.write(folder.resolve("labels"), IdxFile.of(new int[] {COUNT}, classes));
    var settings =
        new ExampleSettings(
            new DatasetTarget(folder.resolve("out").toString(), true),
            Target.LABEL,
            new Division.Last(2),
            Bad.REFUSED,
            0,
            Optional.empty());
    var uris = new VectorUris(uris(images), uris(labels));
    new VectorsPreparation(
            LocalSpark.session(), uris, Optional.empty(), Scaling.DEFAULT, view, settings)
        .run();
  }

  private static ExampleUris uris(java.nio.file.Path file) {
    return new ExampleUris(List.of(file.toString()), List.of(), List.of());
  }

  private List<ExampleRow> rows() {
    var dataset = Prepared.open(folder.resolve("out"));
    dataset.verify(LocalSpark.session(), Split.TRAIN);
    return Prepared.rows(dataset, Split.TRAIN);
  }

  @Test
  void clipsHaveALabelForEachFrame() throws IOException {
    prepare(new Frames(5, Labels.DIRECTION, 0, 1), COUNT, SIDE, SIDE);
    var dataset = Prepared.open(folder.resolve("out"));
    assertEquals(
        ExampleShape.ofVectors(SIDE * SIDE, Target.TAGS),
        dataset.manifest().examples().orElseThrow());
    assertEquals(List.of("left", "right", "up", "down"), dataset.labels().tokens());
    assertEquals(5, rows().get(0).getTargets().length);
    String identity = dataset.manifest().contentFingerprint();
    prepare(new Frames(5, Labels.DIRECTION, 0, 1), COUNT, SIDE, SIDE);
    assertEquals(identity, Prepared.open(folder.resolve("out")).manifest().contentFingerprint());
  }

  @Test
  void glimpsesHaveALabelForThePicture() throws IOException {
    prepare(new Glimpses(Path.SIX), COUNT, SIDE, SIDE);
    ExampleRow second = rows().get(1);
    assertEquals(6 * 66, second.getValues().length);
    assertArrayEquals(new int[] {1}, second.getTargets());
    assertEquals(
        ExampleShape.ofVectors(66, Target.LABEL),
        Prepared.open(folder.resolve("out")).manifest().examples().orElseThrow());
  }

  @Test
  void arraysThatAreNoPicturesAreRefused() {
    var e =
        assertThrows(
            DataException.class, () -> prepare(new Glimpses(Path.SIX), COUNT, SIDE * SIDE));
    assertEquals(
        "Cannot read file:%s: each of its arrays has the shape [144] (expected pictures of at least 8 x 8)"
            .formatted(folder.resolve("images")),
        e.getMessage());
  }
}
