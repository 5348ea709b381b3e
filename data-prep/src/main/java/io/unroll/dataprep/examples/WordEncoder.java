package io.unroll.dataprep.examples;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.CodePoints;
import io.unroll.dataprep.tokenize.Cutter;
import io.unroll.dataprep.tokenize.TokenStream;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Text to words as they are written, or to subwords, and those to ids: alike in preparation and in
 * prediction.
 */
public final class WordEncoder implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Vocabulary tokens;
  private final Cutter asWritten;
  private final boolean lowerCase;

  /** Null where characters are not read. */
  private final Vocabulary characters;

  /**
   * @param characters those of the words, where they are read
   */
  public WordEncoder(Vocabulary tokens, Optional<Vocabulary> characters) {
    this.tokens = tokens;
    boolean subwords = tokens.tokenizer().subwords().isPresent();
    this.asWritten = subwords ? tokens.cutter() : tokens.tokenizer().asWritten();
    this.lowerCase = tokens.tokenizer().lowerCase() && !subwords;
    this.characters = characters.orElse(null);
  }

  /**
   * Cuts a text into words, in the letters in which it is written, or into subwords.
   *
   * @throws DataException if a word is absurdly long
   */
  public String[] words(String text) {
    TokenStream stream = asWritten.tokens(CodePoints.of(text));
    List<String> words = new ArrayList<>();
    try {
      for (String word = stream.next(); word != null; word = stream.next()) {
        words.add(word);
      }
    } catch (IOException e) {
      throw new DataException("Cannot encode the text: " + e.getMessage(), e);
    }
    return words.toArray(String[]::new);
  }

  /** The ids of words; those that the vocabulary lacks are unknown. */
  public int[] tokens(String[] words) {
    return Arrays.stream(words)
        .mapToInt(word -> tokens.idOrUnknown(WrittenWord.token(word, lowerCase)))
        .toArray();
  }

  /** The ids of the characters of words; none where characters are not read. */
  public int[][] characters(String[] words) {
    return characters == null
        ? new int[0][]
        : Arrays.stream(words).map(this::characters).toArray(int[][]::new);
  }

  private int[] characters(String word) {
    int unknown = characters.id(Tokenizer.UNKNOWN).orElseThrow();
    return Arrays.stream(WrittenWord.characters(word))
        .map(point -> characters.id(Character.toString(point)).orElse(unknown))
        .toArray();
  }
}
