package io.unroll.driver.round;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTimeTest {
  private static LaneTime on(String executor, long begin, long end) {
    return new LaneTime(executor, begin, end - begin);
  }

  @Test
  void isTheLongestOfLanesThatRanTogether() {
    assertEquals(
        12, LaneTime.onBusiestCore(List.of(on("1", 0, 10), on("1", 1, 13), on("1", 2, 9))));
  }

  @Test
  void addsLanesThatSharedOneCore() {
    // Two cores: 0-10 and 12-20, 1-11 and 14-21, with the waves' gaps left out.
    List<LaneTime> waves =
        List.of(on("1", 14, 21), on("1", 0, 10), on("1", 12, 20), on("1", 1, 11));
    assertEquals(18, LaneTime.onBusiestCore(waves));
  }

  @Test
  void comparesNoClocksOfDifferentExecutors() {
    assertEquals(10, LaneTime.onBusiestCore(List.of(on("1", 0, 10), on("2", 1_000, 1_009))));
  }

  @Test
  void isNothingWithoutLanes() {
    assertEquals(0, LaneTime.onBusiestCore(List.of()));
  }
}
