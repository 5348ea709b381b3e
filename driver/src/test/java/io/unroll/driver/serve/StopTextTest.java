package io.unroll.driver.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A text that is ended by another, in whatever pieces it comes. */
class StopTextTest {
  /** What comes out of a text that comes in pieces of a length. */
  private static String through(StopText stop, String text, int length) {
    StringBuilder out = new StringBuilder();
    for (int x = 0; x < text.length() && !stop.found(); x += length) {
      out.append(stop.add(text.substring(x, Math.min(text.length(), x + length))));
    }
    return out.append(stop.rest()).toString();
  }

  @Test
  void endsBeforeTheFirstWhateverThePieces() {
    String text = "aab aabb aabc abc";
    for (int length = 1; length <= text.length(); length++) {
      assertEquals("aab aabb a", through(new StopText(List.of("zz", "abc")), text, length));
      assertEquals("aab ", through(new StopText(List.of("aabb", "abc")), text, length));
    }
  }

  @Test
  void keepsAllWhereThereIsNone() {
    String text = "abababx";
    for (int length = 1; length <= text.length(); length++) {
      StopText stop = new StopText(List.of("abac", "xy"));
      assertEquals(text, through(stop, text, length));
      assertFalse(stop.found());
    }
    assertEquals("ab", new StopText(List.of()).add("ab"));
  }

  @Test
  void holdsBackOnlyWhatMayBecomeOne() {
    StopText stop = new StopText(List.of("\n\n"));
    assertEquals("a", stop.add("a"));
    assertEquals("", stop.add("\n"));
    assertEquals("\nb", stop.add("b"));
    assertEquals("c", stop.add("c\n"));
    assertEquals("", stop.add("\nd"));
    assertTrue(stop.found());
    assertEquals("", stop.rest());
  }
}
