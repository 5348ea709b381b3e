package io.unroll.dataprep.counting;

import io.unroll.dataprep.tokenize.Merges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Learns byte pair encoding from words and how often they occur (Sennrich, Haddow and Birch 2016,
 * algorithm 1): the most frequent pair of neighbouring pieces is merged, wherever it is, again and
 * again. Of equally frequent pairs, the one with the earlier first piece is taken, then that with
 * the earlier second one, so that the order of the words does not matter.
 */
final class SubwordLearner {
  /** Two neighbouring pieces. */
  private record Pair(int left, int right) {}

  /** A pair as it was when it was counted. */
  private record Candidate(Pair pair, long count) {}

  private static final Comparator<Candidate> BEST =
      Comparator.comparingLong((Candidate c) -> -c.count())
          .thenComparingInt(c -> c.pair().left())
          .thenComparingInt(c -> c.pair().right());

  private final List<int[]> words = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private final int minCount;
  private final Map<Pair, Long> counts = new HashMap<>();

  /** Words that have a pair, or had it. */
  private final Map<Pair, Set<Integer>> places = new HashMap<>();

  private final PriorityQueue<Candidate> queue = new PriorityQueue<>(BEST);

  /**
   * Takes the words.
   *
   * @param minCount pairs that are less frequent are not merged; 1 is as 2
   */
  SubwordLearner(List<TokenCount> words, int minCount) {
    this.minCount = Math.max(2, minCount);
    for (TokenCount word : words) {
      this.words.add(Merges.bytes(word.token()));
      this.times.add(word.count());
    }
  }

  /**
   * Merges until there are so many pieces, or no pair is frequent enough.
   *
   * @param most pieces, the bytes included
   */
  Merges learn(int most) {
    var merges = new Merges();
    Set<Pair> all = new HashSet<>();
    for (int w = 0; w < words.size(); w++) {
      count(w, 1, all);
    }
    all.forEach(this::offer);
    while (merges.size() < most && !queue.isEmpty()) {
      Candidate best = queue.poll();
      boolean current = counts.getOrDefault(best.pair(), 0L) == best.count();
      if (current && merges.add(best.pair().left(), best.pair().right())) {
        merge(best.pair(), merges.size() - 1);
      }
    }
    return merges;
  }

  /** Adds the pairs of a word to their counts, so many times, or takes them away. */
  private void count(int word, int sign, Set<Pair> touched) {
    int[] pieces = words.get(word);
    for (int x = 1; x < pieces.length; x++) {
      var pair = new Pair(pieces[x - 1], pieces[x]);
      counts.merge(pair, sign * times.get(word), Long::sum);
      places.computeIfAbsent(pair, p -> new HashSet<>()).add(word);
      touched.add(pair);
    }
  }

  private void offer(Pair pair) {
    long count = counts.getOrDefault(pair, 0L);
    if (count >= minCount) {
      queue.add(new Candidate(pair, count));
    }
  }

  private void merge(Pair pair, int made) {
    Set<Pair> touched = new HashSet<>();
    for (int word : places.remove(pair)) {
      count(word, -1, touched);
      words.set(word, replaced(words.get(word), pair, made));
      count(word, 1, touched);
    }
    touched.remove(pair);
    touched.forEach(this::offer);
  }

  private static int[] replaced(int[] word, Pair pair, int made) {
    int[] pieces = new int[word.length];
    int to = 0;
    for (int x = 0; x < word.length; x++) {
      boolean both = x + 1 < word.length && word[x] == pair.left() && word[x + 1] == pair.right();
      pieces[to++] = both ? made : word[x];
      x += both ? 1 : 0;
    }
    return Arrays.copyOf(pieces, to);
  }
}
