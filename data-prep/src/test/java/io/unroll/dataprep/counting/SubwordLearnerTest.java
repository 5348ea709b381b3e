package io.unroll.dataprep.counting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.tokenize.Merges;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubwordLearnerTest {
  /** Algorithm 1 of Sennrich, Haddow and Birch (2016): counts all pairs anew before each merge. */
  private static List<String> learntPlainly(List<TokenCount> words, int most) {
    List<String> pieces = new ArrayList<>(new Merges().pieces());
    Map<List<Integer>, Long> corpus = new HashMap<>();
    for (TokenCount word : words) {
      corpus.merge(word.token().chars().boxed().toList(), word.count(), Long::sum);
    }
    while (pieces.size() < most) {
      Map<List<Integer>, Long> pairs = new HashMap<>();
      corpus.forEach(
          (word, count) -> {
            for (int x = 1; x < word.size(); x++) {
              pairs.merge(List.of(word.get(x - 1), word.get(x)), count, Long::sum);
            }
          });
      var best =
          pairs.entrySet().stream()
              .filter(pair -> pair.getValue() >= 2)
              .filter(pair -> !pieces.contains(made(pieces, pair.getKey())))
              .min(
                  Comparator.comparingLong((Map.Entry<List<Integer>, Long> p) -> -p.getValue())
                      .thenComparing(p -> p.getKey().get(0))
                      .thenComparing(p -> p.getKey().get(1)));
      if (best.isEmpty()) {
        return pieces;
      }
      List<Integer> pair = best.get().getKey();
      pieces.add(made(pieces, pair));
      Map<List<Integer>, Long> merged = new HashMap<>();
      corpus.forEach(
          (word, count) -> merged.merge(merged(word, pair, pieces.size() - 1), count, Long::sum));
      corpus = merged;
    }
    return pieces;
  }

  private static String made(List<String> pieces, List<Integer> pair) {
    return pieces.get(pair.get(0)) + pieces.get(pair.get(1));
  }

  private static List<Integer> merged(List<Integer> word, List<Integer> pair, int made) {
    List<Integer> pieces = new ArrayList<>();
    for (int x = 0; x < word.size(); x++) {
      if (x + 1 < word.size() && word.subList(x, x + 2).equals(pair)) {
        pieces.add(made);
        x++;
      } else {
        pieces.add(word.get(x));
      }
    }
    return pieces;
  }

  private static List<TokenCount> words(long seed) {
    var random = new Random(seed);
    List<TokenCount> words = new ArrayList<>();
    for (int w = 0; w < 60; w++) {
      StringBuilder word = new StringBuilder();
      for (int x = random.nextInt(9); x >= 0; x--) {
        word.append((char) ('a' + random.nextInt(3)));
      }
      words.add(new TokenCount(word.toString(), 1 + random.nextInt(4)));
    }
    return words;
  }

  @Test
  void learnsWhatThePlainAlgorithmLearns() {
    for (int seed = 0; seed < 20; seed++) {
      List<TokenCount> words = words(seed);
      List<String> learnt = new SubwordLearner(words, 1).learn(320).pieces();
      assertEquals(learntPlainly(words, 320), learnt, "seed " + seed);
      assertTrue(learnt.size() > 300, learnt.toString());
    }
  }

  @Test
  void doesNotDependOnTheOrderOfWords() {
    List<TokenCount> words = words(1);
    List<String> learnt = new SubwordLearner(words, 1).learn(300).pieces();
    Collections.reverse(words);
    assertEquals(learnt, new SubwordLearner(words, 1).learn(300).pieces());
    assertEquals(learnt, Merges.of(learnt).pieces());
  }

  @Test
  void leavesRarePairsAlone() {
    List<TokenCount> words = List.of(new TokenCount("ab", 3), new TokenCount("cd", 2));
    assertEquals(257, new SubwordLearner(words, 3).learn(300).size());
    assertEquals(258, new SubwordLearner(words, 1).learn(300).size());
    assertEquals(256, new SubwordLearner(List.of(new TokenCount("ab", 1)), 1).learn(300).size());
  }
}
