package io.unroll.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeftOutTest {
  /** 300 lanes share 50,000 predictions: 200 of 167, which leave out 7, and 100 of 166. */
  @Test
  void manyLanesOfASmallTextAreWarnedOfWithRemedies() {
    assertEquals(
        Optional.of(
            "300 lanes of 32 sequences leave out 4 % of the text in every epoch (training.batch"
                + " 15 or averaging.lanes 260 would leave out at most 1 %)"),
        new LeftOut(50_000, 2_000, 300, 32).warning());
  }

  @Test
  void littleIsNotWorthAWord() {
    assertEquals(Optional.empty(), new LeftOut(50_000, 500, 2, 32).warning());
    assertEquals(Optional.empty(), new LeftOut(50_000, 0, 1, 1).warning());
  }
}
