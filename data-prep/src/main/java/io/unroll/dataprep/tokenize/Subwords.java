package io.unroll.dataprep.tokenize;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cuts text into the pieces that byte pair encoding makes of its words. */
final class Subwords implements Cutter {
  private static final long serialVersionUID = 1L;

  /** Words whose pieces are kept at hand. */
  private static final int MOST_KEPT = 1 << 16;

  private final BpeTokenizer words;
  private final Merges merges;

  Subwords(BpeTokenizer words, Merges merges) {
    this.words = words;
    this.merges = merges;
  }

  @Override
  public Breaks breaks() {
    return words.breaks();
  }

  @Override
  public TokenStream tokens(CodePoints text) {
    return new Pieces(words.tokens(text));
  }

  /** The pieces of words, one word after the other. */
  private final class Pieces implements TokenStream {
    private final TokenStream stream;
    private final Map<String, List<String>> known = new HashMap<>();
    private final Deque<String> ready = new ArrayDeque<>();

    Pieces(TokenStream stream) {
      this.stream = stream;
    }

    @Override
    public String next() throws IOException {
      if (ready.isEmpty()) {
        String word = stream.next();
        if (word == null) {
          return null;
        }
        if (known.size() == MOST_KEPT) {
          known.clear();
        }
        ready.addAll(known.computeIfAbsent(word, merges::cut));
      }
      return ready.poll();
    }
  }
}
