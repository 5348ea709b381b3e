package io.unroll.dataprep.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.vectors.NumberArray;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that SciPy's savemat wrote: a text {@code note}, then {@code feats} of 3 x 4 with the
 * numbers 0 to 11 column by column, less 5, and halved where they are floating.
 */
class MatFileTest {
  private static final String FEATURES = "/features/";

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = MatFileTest.class.getResourceAsStream(FEATURES + name)) {
      return in.readAllBytes();
    }
  }

  private static NumberArray read(byte[] bytes) throws IOException {
    return MatFile.read(new ByteArrayInputStream(bytes), "feats.mat");
  }

  private static String refusal(byte[] bytes) {
    return assertThrows(DataException.class, () -> read(bytes)).getMessage();
  }

  @ParameterizedTest
  @CsvSource({"double.mat, .5", "double-packed.mat, .5", "single.mat, .5", "int8.mat, 1"})
  void readsColumnsAsRows(String file, double scale) throws IOException {
    NumberArray found = read(bytes(file));
    assertArrayEquals(new int[] {4, 3}, found.shape());
    for (int row = 0; row < 4; row++) {
      double first = (3 * row - 5) * scale;
      assertArrayEquals(
          new double[] {first, first + scale, first + 2 * scale}, found.next(3), file);
    }
  }

  @Test
  void refusesWhatIsNoSuchFile() throws IOException {
    assertEquals(
        "Cannot read feats.mat: it is no MAT-file (expected level 5, as MATLAB's save -v7 writes"
            + " it)",
        refusal(new byte[200]));
    byte[] newer = bytes("double.mat");
    newer[125] = 2;
    assertEquals(
        "Cannot read feats.mat: it is a MAT-file of another version (expected level 5: save it with"
            + " -v7)",
        refusal(newer));
  }

  @ParameterizedTest
  @CsvSource({
    "other.mat, it has no matrix 'feats'",
    "text.mat, its 'feats' is no matrix of real numbers",
    "complex.mat, its 'feats' is no matrix of real numbers",
    "three.mat, its 'feats' has not two dimensions (expected F x N)"
  })
  void refusesOtherThingsThanAMatrixOfNumbers(String file, String reason) throws IOException {
    assertEquals("Cannot read feats.mat: " + reason, refusal(bytes(file)));
  }

  /** The last bytes may be the checksum of what is packed, which comes behind the numbers. */
  @ParameterizedTest
  @ValueSource(strings = {"double.mat", "double-packed.mat", "single.mat"})
  void whatIsCutOffIsRefusedOrEnds(String file) throws IOException {
    byte[] whole = bytes(file);
    for (int length = 0; length < whole.length - 20; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertTrue(isRefused(cut), file + " cut to " + length);
    }
  }

  private static boolean isRefused(byte[] cut) throws IOException {
    try {
      read(cut).next(12);
      return false;
    } catch (DataException | EOFException e) {
      return true;
    }
  }
}
