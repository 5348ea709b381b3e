package io.unroll.driver.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.driver.metric.Compared;
import io.unroll.worker.data.Example;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        AboutSource.texts(List.of(first, second)));
  }

  @Test
  void todayEveryExampleIsAGroupOfItsOwn() {
    Example example = Example.ofTokens(new int[] {1}, new int[] {1, 2});
    Set<Long> groups = new HashSet<>();
    for (int part = 0; part < 3; part++) {
      for (int place = 0; place < 1_024; place++) {
        groups.add(SourceGroups.EACH_ITS_OWN.group(part, place, example));
      }
    }
    assertEquals(3 * 1_024, groups.size());
  }
}
