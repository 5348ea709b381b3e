package io.unroll.dataprep.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.ExampleRow;
import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.examples.Division;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleSettings.Bad;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.examples.Prepared;
import io.unroll.dataprep.summary.PreparationSummary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorsPreparationIT {
  @TempDir private Path folder;

  /** A .npy file, as NumPy 1.26 writes it. */
  private static byte[] npy(String type, String shape, byte[] numbers) {
    String head = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, shape);
    head += " ".repeat(117 - head.length()) + "\n";
    ByteBuffer file =
        ByteBuffer.allocate(10 + head.length() + numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    file.putShort((short) head.length()).put(head.getBytes(StandardCharsets.US_ASCII));
    return file.put(numbers).array();
  }

  private static byte[] floats(float... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return bytes.array();
  }

  private static byte[] longs(long... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(numbers);
    return bytes.array();
  }

  private String write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }

  private PreparationSummary prepare(
      String vectors, String labels, String classes, Division division, Bad bad) {
    var settings =
        new ExampleSettings(
            new DatasetTarget(folder.resolve("out").toString(), true),
            ExampleShape.Target.LABEL,
            division,
            bad,
            0,
            Optional.empty());
    return new VectorsPreparation(
            LocalSpark.session(),
            new VectorUris(
                new ExampleUris(List.of(vectors), List.of(), List.of()),
                new ExampleUris(List.of(labels), List.of(), List.of())),
            Optional.ofNullable(classes),
            new Scaling(true, .5, 2),
            new Whole(),
            settings)
        .run();
  }

  private List<ExampleRow> rows(Split split) {
    DatasetDirectory dataset = Prepared.open(folder.resolve("out"));
    dataset.verify(LocalSpark.session(), split);
    return Prepared.rows(dataset, split);
  }

  @Test
  void picturesAreRowsOfBytesAndTheLastValidate() throws IOException {
    Path packed = folder.resolve("images.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(IdxFile.of(new int[] {3, 2, 2}, 0, 255, 51, 0, 1, 1, 1, 1, 255, 255, 255, 255));
    }
    PreparationSummary summary =
        prepare(
            packed.toString(),
            write("labels", IdxFile.of(new int[] {3}, 1, 0, 1)),
            write("classes.txt", "Coat\nAnkle boot\nBag\n".getBytes(StandardCharsets.UTF_8)),
            new Division.Last(1),
            Bad.REFUSED);
    ExampleRow first = rows(Split.TRAIN).get(0);
    assertArrayEquals(new float[] {-.25f, .25f, -.15f, -.25f}, first.getValues());
    assertArrayEquals(new int[] {1}, first.getTargets());
    assertEquals(1, rows(Split.VALID).size());
    var dataset = Prepared.open(folder.resolve("out"));
    assertEquals(List.of("Coat", "Ankle boot", "Bag"), dataset.labels().tokens());
    assertEquals(2, dataset.manifest().content(Split.TRAIN).longest());
    assertEquals(4, dataset.manifest().content(Split.TRAIN).tokens());
    assertEquals(3, dataset.manifest().sources().size());
    assertTrue(
        summary.text().contains("vectors of 2 numbers with a label, 3 labels"), summary.text());
    assertTrue(
        summary.text().contains("2 examples, 4 vectors, 2.0 in the mean, longest 2"),
        summary.text());
  }

  @Test
  void otherArraysValidateWithLabelsOfTheirOwn() throws IOException {
    byte[] numbers = IdxFile.of(new int[] {2, 1}, 0, 255);
    String train = write("train", numbers);
    String valid = write("valid", numbers);
    var uris = new ExampleUris(List.of(train), List.of(valid), List.of());
    var labels =
        new ExampleUris(
            List.of(write("train-labels", IdxFile.of(new int[] {2}, 3, 4))),
            List.of(write("valid-labels", IdxFile.of(new int[] {2}, 4, 4))),
            List.of());
    var settings =
        new ExampleSettings(
            new DatasetTarget(folder.resolve("out").toString(), false),
            ExampleShape.Target.LABEL,
            Division.of(uris, null, 1, false),
            Bad.REFUSED,
            0,
            Optional.empty());
    new VectorsPreparation(
            LocalSpark.session(),
            new VectorUris(uris, labels),
            Optional.empty(),
            Scaling.DEFAULT,
            new Whole(),
            settings)
        .run();
    assertArrayEquals(new int[] {0}, rows(Split.TRAIN).get(0).getTargets());
    assertArrayEquals(new int[] {1}, rows(Split.VALID).get(0).getTargets());
  }

  @Test
  void arraysOfNumPyHaveLabelsOrTags() throws IOException {
    String vectors = write("x.npy", npy("<f4", "2, 2, 1", floats(.5f, 1.5f, 2.5f, 3.5f)));
    prepare(
        vectors,
        write("y.npy", npy("<i8", "2, 2", longs(7, 10, 10, 7))),
        null,
        new Division.None(),
        Bad.REFUSED);
    ExampleRow second = rows(Split.TRAIN).get(1);
    assertArrayEquals(new float[] {1, 1.5f}, second.getValues());
    assertArrayEquals(new int[] {1, 0}, second.getTargets());
    assertEquals(
        ExampleShape.ofVectors(1, ExampleShape.Target.TAGS),
        Prepared.open(folder.resolve("out")).manifest().examples().orElseThrow());
    prepare(
        write("flat.npy", npy("<f4", "2, 2", floats(.5f, 1.5f, 2.5f, 3.5f))),
        write("z.npy", npy("|u1", "2,", new byte[] {3, 4})),
        null,
        new Division.None(),
        Bad.REFUSED);
    assertArrayEquals(new float[] {0, .5f}, rows(Split.TRAIN).get(0).getValues());
    assertEquals(List.of("3", "4"), Prepared.open(folder.resolve("out")).labels().tokens());
  }

  @Test
  void whatIsNoNumberIsRefusedOrLeftOut() throws IOException {
    String vectors = write("x.npy", npy("<f4", "3, 2", floats(1, 2, 3, Float.NaN, 5, 6)));
    String labels = write("y.npy", npy("<i8", "3,", longs(0, 1, 1)));
    var e =
        assertThrows(
            DataException.class,
            () -> prepare(vectors, labels, null, new Division.None(), Bad.REFUSED));
    assertEquals(
        "Cannot read file:%s, row 2: its number 2 is NaN (expected a finite one; --skip-bad leaves such rows out)"
            .formatted(vectors),
        e.getMessage());
    PreparationSummary summary = prepare(vectors, labels, null, new Division.None(), Bad.LEFT_OUT);
    assertEquals(2, rows(Split.TRAIN).size());
    assertTrue(
        summary.notes().contains("1 example left out: 1 with a value that is no finite number"),
        summary.notes()::toString);
  }

  @Test
  void namesWhatIsWrongWithFiles() throws IOException {
    byte[] good = IdxFile.of(new int[] {2, 1}, 1, 2);
    byte[] labels = IdxFile.of(new int[] {2}, 0, 1);
    assertRefused(
        "hello, world".getBytes(StandardCharsets.UTF_8), labels, "x: it is neither an IDX");
    assertRefused(
        IdxFile.of(new int[] {2}, 1, 2), labels, "x: its shape is [2] (expected n examples");
    assertRefused(
        good,
        IdxFile.of(new int[] {3}, 0, 1, 2),
        "y: its shape is [3] (expected a label for each of the 2");
    assertRefused(good, IdxFile.of(new int[] {2, 1}, 0, 1), "y: its shape is [2, 1]");
    assertRefused(good, npy("<f4", "2,", floats(0, 1)), "y: its labels are no whole numbers");
    assertRefused(
        IdxFile.of(new int[] {2, 2}, 1, 2, 3), labels, "x: it ends before its last number");
    assertRefused(npy("<f2", "2, 1", floats(1)), labels, "x: it holds float16");
    assertRefused(npy("|O", "2, 1", floats(1)), labels, "x: it holds other things than");
    assertRefused(new byte[] {0, 0, 8}, labels, "x: it is neither an IDX");
    assertRefused(new byte[] {0, 0, 8, 2, 0}, labels, "x: it ends within its head");
  }

  private void assertRefused(byte[] vectors, byte[] labels, String reason) throws IOException {
    String x = write("x", vectors);
    String y = write("y", labels);
    var e =
        assertThrows(
            DataException.class, () -> prepare(x, y, null, new Division.None(), Bad.REFUSED));
    assertTrue(e.getMessage().startsWith("Cannot read file:"), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }
}
