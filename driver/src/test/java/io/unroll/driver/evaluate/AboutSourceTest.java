package io.unroll.driver.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.driver.metric.Compared;
import java.util.List;
import org.junit.jupiter.api.Test;

class AboutSourceTest {
  private static AboutSource about(long group, String written, String reference) {
    return new AboutSource(group, written, List.of(reference));
  }

  @Test
  void neighboursOfOneGroupAreOneTextWithSeveralReferences() {
    List<AboutSource> first = List.of(about(4, "x", "a"), about(4, "x", "b"), about(7, "y", "c"));
    List<AboutSource> second = List.of(about(7, "y", "d"), about(4, "x", "e"));
    assertEquals(
        List.of(
            new Compared("x", List.of("a", "b")),
            new Compared("y", List.of("c", "d")),
            new Compared("x", List.of("e"))),
        AboutSource.merged(List.of(first, second)).stream().map(AboutSource::compared).toList());
  }
}
