package io.unroll.dataprep.tokenize;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The pairs of pieces that byte pair encoding merges, in order (Sennrich, Haddow and Birch 2016).
 * Pieces 0 to 255 are the bytes; piece 256 + k is what merge k makes of two earlier ones.
 *
 * <p>A piece tells its pair: the earlier merges make exactly two pieces of its bytes. Whoever adds
 * a merge has to keep to that, so that the list of pieces alone says what the merges are.
 */
public final class Merges implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<String> pieces = new ArrayList<>();
  private final List<int[]> pairs = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Long, Integer> merged = new HashMap<>();

  /** No merges: the pieces are the bytes. */
  public Merges() {
    for (int b = 0; b < ByteAlphabet.SIZE; b++) {
      ids.put(ByteAlphabet.character(b), pieces.size());
      pieces.add(ByteAlphabet.character(b));
    }
  }

  /**
   * The merges that these pieces tell.
   *
   * @param pieces the bytes, then what the merges make
   * @throws IllegalArgumentException if they are not such
   */
  public static Merges of(List<String> pieces) {
    var merges = new Merges();
    int bytes = merges.size();
    if (pieces.size() < bytes || !pieces.subList(0, bytes).equals(merges.pieces)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "the first %d pieces are not the bytes in their order", bytes));
    }
    for (String piece : pieces.subList(bytes, pieces.size())) {
      merges.addPiece(piece);
    }
    return merges;
  }

  private void addPiece(String piece) {
    int[] pair = apply(symbols(piece));
    if (pair.length != 2 || !add(pair[0], pair[1])) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "piece %d, '%s', is not made of two earlier ones",
              pieces.size(),
              piece));
    }
  }

  private int[] symbols(String piece) {
    return piece.chars().map(c -> ids.get(String.valueOf((char) c))).toArray();
  }

  /**
   * Adds a merge, unless the list of pieces would not tell it.
   *
   * @return whether it was added
   */
  public boolean add(int left, int right) {
    String piece = pieces.get(left) + pieces.get(right);
    int[] told = apply(symbols(piece));
    if (ids.containsKey(piece) || told.length != 2 || told[0] != left || told[1] != right) {
      return false;
    }
    ids.put(piece, pieces.size());
    merged.put(key(left, right), pieces.size());
    pairs.add(new int[] {left, right});
    pieces.add(piece);
    return true;
  }

  /** Number of pieces. */
  public int size() {
    return pieces.size();
  }

  /** All pieces, bytes first. */
  public List<String> pieces() {
    return List.copyOf(pieces);
  }

  /** The two pieces of each merge, in order. */
  public List<List<String>> pairs() {
    return pairs.stream().map(p -> List.of(pieces.get(p[0]), pieces.get(p[1]))).toList();
  }

  /** The piece that two make, if they are merged. */
  private OptionalInt merged(int left, int right) {
    Integer made = merged.get(key(left, right));
    return made == null ? OptionalInt.empty() : OptionalInt.of(made);
  }

  private static long key(int left, int right) {
    return ((long) left << Integer.SIZE) | right;
  }

  /** The pieces of a word before any merge: its bytes in UTF-8. */
  public static int[] bytes(String word) {
    return ByteAlphabet.bytesOf(word);
  }

  /** The pieces of a word. */
  List<String> cut(String word) {
    List<String> cut = new ArrayList<>();
    for (int piece : apply(bytes(word))) {
      cut.add(pieces.get(piece));
    }
    return cut;
  }

  /** Merges the earliest pair wherever it is, from left to right, until there is none. */
  private int[] apply(int[] symbols) {
    int[] word = symbols.clone();
    int length = word.length;
    int first = earliest(word, length);
    while (first < pieces.size()) {
      length = replace(word, length, first);
      first = earliest(word, length);
    }
    return Arrays.copyOf(word, length);
  }

  /** The lowest piece that two neighbours make; the number of pieces if there is none. */
  private int earliest(int[] word, int length) {
    int lowest = pieces.size();
    for (int x = 1; x < length; x++) {
      lowest = Math.min(lowest, merged(word[x - 1], word[x]).orElse(lowest));
    }
    return lowest;
  }

  private int replace(int[] word, int length, int made) {
    int[] pair = pairs.get(made - ByteAlphabet.SIZE);
    int to = 0;
    for (int x = 0; x < length; x++) {
      boolean both = x + 1 < length && word[x] == pair[0] && word[x + 1] == pair[1];
      word[to++] = both ? made : word[x];
      x += both ? 1 : 0;
    }
    return to;
  }
}
