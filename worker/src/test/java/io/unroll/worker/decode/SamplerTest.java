package io.unroll.worker.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final int VOCABULARY = 9;
  private static final LanguageArchitecture ARCHITECTURE =
      new LanguageArchitecture(Cell.GRU, VOCABULARY, 5, 6, 2, 0, false);
  private static final int[] PROMPT = {3, 1, 4};

  private final LanguageModel model =
      new LanguageModel(ARCHITECTURE, 1, 1, Cores.one(new PlainKernels()));

  SamplerTest() {
    model.use(LanguageModel.layout(ARCHITECTURE).initialParameters(4));
  }

  private int[] sample(int[] prompt, int length, SamplingOptions options) {
    return new Sampler(model, options).sample(prompt, length, Sampler.NO_END);
  }

  @Test
  void writesAsManyTokensAsAskedFor() {
    for (int length : new int[] {0, 1, 50}) {
      int[] tokens = sample(PROMPT, length, SamplingOptions.plain(1));
      assertEquals(length, tokens.length);
      assertTrue(Arrays.stream(tokens).allMatch(token -> token >= 0 && token < VOCABULARY));
    }
  }

  @Test
  void isAFunctionOfPromptAndSeed() {
    Sampler sampler = new Sampler(model, SamplingOptions.plain(1));
    int[] first = sampler.sample(PROMPT, 50, Sampler.NO_END);
    assertArrayEquals(first, sampler.sample(PROMPT, 50, Sampler.NO_END));
    assertArrayEquals(first, sample(PROMPT, 50, SamplingOptions.plain(1)));
    assertFalse(Arrays.equals(first, sample(PROMPT, 50, SamplingOptions.plain(2))));
  }

  @Test
  void handsOverTokensOfATextThatNoArrayWouldHold() {
    int[] first = sample(PROMPT, 50, SamplingOptions.plain(1));
    List<Integer> drawn = new ArrayList<>();
    new Sampler(model, SamplingOptions.plain(1))
        .draw(
            PROMPT,
            Integer.MAX_VALUE,
            Sampler.NO_END,
            token -> {
              drawn.add(token);
              return drawn.size() < 50;
            });
    assertArrayEquals(first, drawn.stream().mapToInt(x -> x).toArray());
  }

  @Test
  void continuesItsOwnTextWhenGreedy() {
    int[] whole = sample(PROMPT, 10, SamplingOptions.likeliest());
    int[] longer = Arrays.copyOf(PROMPT, PROMPT.length + 4);
    System.arraycopy(whole, 0, longer, PROMPT.length, 4);
    assertArrayEquals(
        Arrays.copyOfRange(whole, 4, 10), sample(longer, 6, SamplingOptions.likeliest()));
  }

  @Test
  void endsBeforeTheEndToken() {
    int[] endless = sample(PROMPT, 50, SamplingOptions.plain(1));
    int end = endless[20];
    int[] ended = new Sampler(model, SamplingOptions.plain(1)).sample(PROMPT, 50, end);
    assertTrue(ended.length <= 20);
    assertArrayEquals(Arrays.copyOf(endless, ended.length), ended);
    assertEquals(end, endless[ended.length]);
  }

  @Test
  void rejectsAnEmptyPrompt() {
    assertMessage(
        "Cannot sample without a prompt: give at least one token, such as the begin token",
        new int[0],
        5);
  }

  @Test
  void rejectsTokensOutsideTheVocabulary() {
    assertMessage(
        "Cannot read token 1 of the prompt: id 9 is not in the model's vocabulary of 9",
        new int[] {3, 9},
        5);
    assertMessage(
        "Cannot read token 0 of the prompt: id -1 is not in the model's vocabulary of 9",
        new int[] {-1},
        5);
  }

  @Test
  void rejectsANegativeLength() {
    assertMessage("Invalid length: -1 (expected 0 or more)", PROMPT, -1);
  }

  private void assertMessage(String message, int[] prompt, int length) {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> sample(prompt, length, SamplingOptions.plain(1)));
    assertEquals(message, error.getMessage());
  }
}
