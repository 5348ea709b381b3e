package io.unroll.driver.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.dataprep.tokenize.WordTokenizer;
import io.unroll.worker.layer.ParameterLayout.Tensor;
import io.unroll.worker.layer.SoftmaxOutput;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VocabularyFitTest {
  private static final Vocabulary MODEL = SmallModel.VOCABULARY;

  private static Vocabulary chars(String... tokens) {
    return new Vocabulary(new CharTokenizer(1), List.of(tokens));
  }

  /** The biases of a fitted model, of which token x had bias x before. */
  private static float[] biases(VocabularyFit fit) {
    float[] parameters = new float[LanguageModel.layout(SmallModel.ARCHITECTURE).size()];
    Tensor before = LanguageModel.layout(SmallModel.ARCHITECTURE).tensor(SoftmaxOutput.BIAS);
    for (int id = 0; id < MODEL.size(); id++) {
      parameters[before.offset() + id] = id;
    }
    var change = fit.change(SmallModel.ARCHITECTURE);
    LanguageArchitecture architecture = change.architecture();
    assertEquals(fit.vocabulary().size(), architecture.vocabulary());
    Tensor after = LanguageModel.layout(architecture).tensor(SoftmaxOutput.BIAS);
    int from = after.offset();
    return Arrays.copyOfRange(change.carriedOver(parameters), from, from + after.size());
  }

  @Test
  void equalVocabulariesChangeNothing() {
    VocabularyFit fit = VocabularyFit.of(MODEL, chars("\n", "a", "b"));
    assertEquals(MODEL.fingerprint(), fit.vocabulary().fingerprint());
    assertEquals(Optional.empty(), fit.growth());
    assertArrayEquals(new float[] {0, 1, 2}, biases(fit));
  }

  @Test
  void newTokensGetRowsAndTheOthersMoveToTheirIds() {
    VocabularyFit fit = VocabularyFit.of(MODEL, chars("b", "\u001b", "\n", "a"));
    assertEquals(4, fit.vocabulary().size());
    assertEquals(Optional.of("3 of the model's tokens, and 1 new ('\\x1b')"), fit.growth());
    assertArrayEquals(new float[] {2, 1, 0, 1}, biases(fit));
  }

  @Test
  void tokensThatTheDatasetLacksComeAfterItsOwn() {
    VocabularyFit fit = VocabularyFit.of(MODEL, chars("b", "a"));
    assertEquals(List.of("b", "a", "\n"), fit.vocabulary().tokens());
    assertEquals(Optional.empty(), fit.growth());
    assertArrayEquals(new float[] {2, 1, 0}, biases(fit));
  }

  @Test
  void vocabulariesOfWhichNeitherHoldsTheOtherAreRefused() {
    String message =
        assertThrows(DataException.class, () -> VocabularyFit.of(MODEL, chars("a", "c", "d")))
            .getMessage();
    assertEquals(
        "the dataset lacks 2 tokens of the model ('\\n', 'b'), and has 2 tokens that the model does not know ('c', 'd'); prepare the text with the model's vocabulary (prep --vocabulary, with --extend to add what is new)",
        message);
  }

  @Test
  void otherTokenizersAreRefused() {
    Vocabulary words =
        new Vocabulary(new WordTokenizer(true, 1, 0), List.of("<unk>", "<eos>", "a", "b"));
    String message =
        assertThrows(DataException.class, () -> VocabularyFit.of(MODEL, words)).getMessage();
    assertEquals(
        "the model was trained with tokenizer char, but the dataset was prepared with word in lower case",
        message);
  }
}
