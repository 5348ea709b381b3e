package io.unroll.driver.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.dataprep.tokenize.WordTokenizer;
import io.unroll.worker.decode.SamplingOptions;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextSamplerTest {
  private static final int LENGTH = 30;

  private static TextSampler.Written write(Vocabulary vocabulary, String prompt) {
    LanguageArchitecture architecture =
        new LanguageArchitecture(Cell.RNN, vocabulary.size(), 3, 4, 1, 0, false);
    return new TextSampler(vocabulary, prompt)
        .write(
            architecture,
            LanguageModel.layout(architecture).initialParameters(1),
            LENGTH,
            SamplingOptions.plain(1));
  }

  @Test
  void keepsTheLastWordOfThePromptApartFromTheFirstOneWritten() {
    Vocabulary words =
        new Vocabulary(
            new WordTokenizer(true, 1, 0), List.of("<unk>", "<eos>", "the", "king", "of"));
    TextSampler.Written written = write(words, "The  king");
    assertEquals("the king", written.prompt());
    int[] ids = words.encode(written.prompt() + written.continuation());
    assertEquals(2 + LENGTH, ids.length);
    assertArrayEquals(new int[] {2, 3}, Arrays.copyOf(ids, 2));
  }

  @Test
  void beginsALineOrACaptionWhereThereIsNoPrompt() {
    Vocabulary characters = new Vocabulary(new CharTokenizer(1), List.of("\n", "a", "b"));
    TextSampler.Written line = write(characters, "");
    assertEquals("", line.prompt());
    assertEquals(LENGTH, line.continuation().length());
    Vocabulary captions =
        new Vocabulary(new CaptionTokenizer(1), List.of("<unk>", "<bos>", "<eos>", "man"));
    assertEquals("", write(captions, "").prompt());
  }

  @Test
  void refusesPromptsBeyondTheVocabulary() {
    Vocabulary characters = new Vocabulary(new CharTokenizer(1), List.of("a", "b"));
    assertEquals(
        "Cannot use the prompt: Cannot encode 'c' (U+0063): the vocabulary lacks it and has no"
            + " <unk>",
        assertThrows(DataException.class, () -> new TextSampler(characters, "abc")).getMessage());
  }
}
