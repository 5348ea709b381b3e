package io.unroll.dataprep.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.generate.Programs.Strategy;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProgramsTest {
  private static final long COUNT = 2_000;

  private static GeneratedText text(Strategy strategy, Split split, long number) {
    return new Programs(4, 3, strategy, 1).text(split, number, COUNT);
  }

  /** The lectures' two programs. */
  @Test
  void theInterpreterIsRight() {
    assertEquals(
        25011, Interpreter.run("j=8584#for x in range(8):j+=920#b=(1500+j)#print((b+7567))#"));
    assertEquals(
        12184, Interpreter.run("i=8827#c=(i-5347)#print(((c+8704) if 2641<8500 else 5308))#"));
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void answersAreWhatTheProgramsPrint(Strategy strategy) {
    Set<String> kinds = new HashSet<>();
    String alphabet = new Programs(4, 3, strategy, 1).alphabet();
    for (long number = 0; number < COUNT; number++) {
      GeneratedText text = text(strategy, Split.TRAIN, number);
      assertEquals(text.answer(), Long.toString(Interpreter.run(text.given())), text.given());
      assertEquals(text, text(strategy, Split.TRAIN, number));
      String all = text.given() + text.answer();
      assertTrue(all.chars().allMatch(c -> alphabet.indexOf(c) >= 0), all);
      Matcher kind = Pattern.compile(" if |for |\\+=|-=|\\*|[a-j]=|\\+|-").matcher(text.given());
      while (kind.find()) {
        kinds.add(kind.group().replaceAll("[a-j]=", "v="));
      }
    }
    assertEquals(Set.of(" if ", "for ", "+=", "-=", "*", "v=", "+", "-"), kinds);
  }

  @Test
  void noProgramIsInTwoSplits() {
    Set<String> seen = new HashSet<>();
    for (Split split : Split.values()) {
      Set<String> here = new HashSet<>();
      for (long number = 0; number < COUNT; number++) {
        here.add(new Programs(1, 1, Strategy.BASELINE, 1).text(split, number, COUNT).given());
      }
      assertTrue(here.stream().noneMatch(seen::contains));
      seen.addAll(here);
    }
  }

  @Test
  void theCurriculumGoesFromShortToLong() {
    assertTrue(longestLiteral(Strategy.NAIVE, 0, 50) <= 2);
    assertTrue(longestLiteral(Strategy.NAIVE, 1_000, 1_050) >= 4);
    assertTrue(longestLiteral(Strategy.BASELINE, 0, 50) >= 4);
    assertTrue(longestLiteral(Strategy.COMBINED, 0, 200) >= 4);
    assertTrue(meanLength(Strategy.MIX, Split.TRAIN) < meanLength(Strategy.MIX, Split.TEST));
  }

  private static int longestLiteral(Strategy strategy, long from, long to) {
    int longest = 0;
    for (long number = from; number < to; number++) {
      Matcher literal =
          Pattern.compile("\\d+").matcher(text(strategy, Split.TRAIN, number).given());
      while (literal.find()) {
        longest = Math.max(longest, literal.group().length());
      }
    }
    return longest;
  }

  private static double meanLength(Strategy strategy, Split split) {
    double sum = 0;
    for (long number = 0; number < COUNT; number++) {
      sum += text(strategy, split, number).given().length();
    }
    return sum / COUNT;
  }

  @Test
  void refusesSizesThatCannotBe() {
    for (int wrong : new int[] {0, 11}) {
      var e =
          assertThrows(
              IllegalArgumentException.class, () -> new Programs(wrong, 1, Strategy.MIX, 1));
      assertTrue(e.getMessage().endsWith("(expected 1 to 10)"), e.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> new Programs(1, 10, Strategy.MIX, 1));
    assertThrows(IllegalArgumentException.class, () -> new Addition(16, false, false, 1));
  }
}
