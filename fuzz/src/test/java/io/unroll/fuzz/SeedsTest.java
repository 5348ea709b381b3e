package io.unroll.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer found stays mended, and what Unroll writes stays readable. */
class SeedsTest {
  @ParameterizedTest
  @MethodSource("io.unroll.fuzz.Targets#all")
  void keepsItsPromises(Target target) throws IOException {
    Map<String, byte[]> seeds = Seeds.of(target);
    assertFalse(seeds.isEmpty());
    for (Map.Entry<String, byte[]> seed : seeds.entrySet()) {
      boolean parsed = Trial.parses(target, seed.getValue());
      boolean valid = seed.getKey().startsWith("written") || seed.getKey().startsWith("valid");
      assertTrue(parsed || !valid, () -> target + " refuses " + seed.getKey());
    }
  }
}
