package io.unroll.dataprep.examples;

import io.unroll.dataprep.tokenize.CodePoints;
import io.unroll.dataprep.tokenize.TokenStream;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the texts of examples into words.
 *
 * @param tokenizer leaves words as they are written
 */
public record ExampleWords(Tokenizer tokenizer) implements Serializable {
  /**
   * The words of a text.
   *
   * @param place line or row of the text, from 1
   * @throws BadExample if a word is absurdly long
   */
  public String[] of(long place, String text) throws BadExample {
    TokenStream stream = tokenizer.tokens(CodePoints.of(text));
    List<String> words = new ArrayList<>();
    try {
      for (String word = stream.next(); word != null; word = stream.next()) {
        words.add(word);
      }
    } catch (IOException e) { // a word that is absurdly long
      throw new BadExample(Fault.MALFORMED, place, e.getMessage());
    }
    return words.toArray(String[]::new);
  }
}
