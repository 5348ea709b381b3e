package io.unroll.driver.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.driver.transfer.DamagedTransferException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Tuple2;

class WholeSlicesTest {
  /** Reads outputs of two lanes with these keys, such as {@code 0.1} for slice 0 of lane 1. */
  private static List<SliceKey> read(String keys) {
    List<Tuple2<SliceKey, LaneOutput>> outputs = new ArrayList<>();
    for (String key : keys.isBlank() ? new String[0] : keys.split(" ", -1)) {
      String[] parts = key.split("\\.", -1);
      outputs.add(
          new Tuple2<>(
              new SliceKey(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])),
              new LaneOutput.Part(1, new float[0])));
    }
    List<SliceKey> read = new ArrayList<>();
    new WholeSlices(outputs.iterator(), 2).forEachRemaining(output -> read.add(output._1()));
    return read;
  }

  @Test
  void slicesOfAllLanesPass() {
    assertEquals(6, read("3.0 3.1 4.0 4.1 5.0 5.1").size());
    assertEquals(List.of(), read(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0", "0.1", "0.0 1.0 1.1", "0.0 0.1 1.1", "0.0 0.0 0.1", "0.0 0.1 0.0 0.1"})
  void aSliceThatALaneLacksOrHasTwiceIsDamage(String keys) {
    UncheckedIOException damage = assertThrows(UncheckedIOException.class, () -> read(keys));
    assertEquals(DamagedTransferException.class, damage.getCause().getClass());
  }
}
