package io.unroll.dataprep.counting;

import io.unroll.dataprep.tokenize.Cutter;
import io.unroll.dataprep.tokenize.Tokenizer;

/** Where the vocabulary of a dataset comes from: its own text, another dataset, or both. */
public sealed interface VocabularyChoice
    permits CountedVocabulary, GivenVocabulary, ExtendedVocabulary {

  /** What a token is. */
  Tokenizer tokenizer();

  /** Cuts the text into what is counted: tokens, or the words that subwords are learnt from. */
  default Cutter cutter() {
    return tokenizer();
  }

  /**
   * Makes the vocabulary, before anything is written.
   *
   * @throws io.unroll.dataprep.DataException if there is none that the text can be encoded with
   */
  PreparedVocabulary prepare(TokenCounts counts);
}
