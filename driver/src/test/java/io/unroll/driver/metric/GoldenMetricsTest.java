package io.unroll.driver.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values that sacrebleu and coco-caption gave, from shared data. */
class GoldenMetricsTest {
  private static final Path SHARED = Path.of("../../shared/data");

  private static JsonNode read(String file) throws IOException {
    Path path = SHARED.resolve(file);
    assumeTrue(Files.exists(path), "needs ../shared/data, which is absent");
    return new ObjectMapper().readTree(path.toFile());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  private static List<Compared> corpus(JsonNode golden) {
    List<Compared> corpus = new ArrayList<>();
    for (int x = 0; x < golden.get("hypotheses").size(); x++) {
      corpus.add(
          new Compared(
              golden.get("hypotheses").get(x).textValue(), texts(golden.get("references").get(x))));
    }
    return corpus;
  }

  private static JsonNode options(JsonNode group, JsonNode golden) {
    return golden.has("options") ? golden.get("options") : group.get("options");
  }

  @Test
  void bleuIsThatOfSacrebleu() throws IOException {
    int compared = 0;
    for (JsonNode group : read("metric-goldens/bleu.json").get("groups")) {
      for (JsonNode golden : group.path("cases")) {
        JsonNode options = options(group, golden);
        if (golden.has("hypotheses") && isOurs(options)) {
          var bleu =
              new Bleu(
                  BleuTokens.of(options.get("tokenize").textValue()),
                  options.get("lowercase").booleanValue());
          Bleu.Counts counts = bleu.of(corpus(golden));
          JsonNode expected = golden.get("computed");
          assertEquals(expected.get("score").doubleValue(), counts.score(), 1e-9, golden::toString);
          assertEquals(
              expected.get("brevity_penalty").doubleValue(), counts.brevityPenalty(), 1e-12);
          assertEquals(expected.get("hypothesis_length").longValue(), counts.hypothesis());
          assertEquals(expected.get("reference_length").longValue(), counts.reference());
          compared++;
        }
      }
    }
    assertTrue(compared >= 6, "compared " + compared);
  }

  /** Four orders, exponential smoothing, and one of the three ways to cut. */
  private static boolean isOurs(JsonNode options) {
    return options != null
        && options.path("smoothing").asText().equals("exp")
        && options.path("max_order").intValue() == 4
        && !options.path("effective_order").booleanValue()
        && List.of("13a", "intl", "none").contains(options.path("tokenize").asText());
  }

  @Test
  void tokensAreThoseOfSacrebleu() throws IOException {
    JsonNode cases = read("metric-goldens/bleu.json").get("tokenised").get("cases");
    assertTrue(cases.size() > 20);
    for (JsonNode golden : cases) {
      String text = golden.get("text").textValue();
      for (BleuTokens tokens : List.of(BleuTokens.MTEVAL_13A, BleuTokens.INTERNATIONAL)) {
        assertEquals(
            golden.get(tokens.key()).textValue(), String.join(" ", tokens.cut(text)), text);
      }
    }
  }

  @Test
  void chrfIsThatOfSacrebleu() throws IOException {
    int compared = 0;
    JsonNode all = read("metric-goldens/chrf.json");
    List<JsonNode> groups = new ArrayList<>(List.of(all.get("not_in_the_tests")));
    all.get("groups").forEach(groups::add);
    for (JsonNode group : groups) {
      for (JsonNode golden : group.path("cases")) {
        JsonNode options = options(group, golden);
        if (options != null
            && options.path("char_order").intValue() == 6
            && options.path("word_order").intValue() == 0
            && options.path("beta").intValue() == 2
            && !options.path("eps_smoothing").booleanValue()
            && !options.path("whitespace").booleanValue()) {
          double score = new Chrf(options.path("lowercase").booleanValue()).of(corpus(golden));
          assertEquals(golden.get("computed").doubleValue(), score, 1e-9, golden::toString);
          compared++;
        }
      }
    }
    assertTrue(compared >= 4, "compared " + compared);
  }

  @Test
  void captionScoresAreThoseOfCocoCaption() throws IOException {
    JsonNode tokenised = read("coco-captions/fakecap_tokenized_with_refs.json");
    JsonNode expected = read("coco-captions/golden.json").get("recomputed");
    List<Compared> corpus = captions(tokenised);
    assertEquals(1000, corpus.size());
    double[] bleu = CaptionBleu.of(corpus);
    for (int order = 1; order <= 4; order++) {
      assertEquals(expected.get("Bleu_" + order).doubleValue(), bleu[order - 1], 1e-9);
    }
    assertEquals(expected.get("ROUGE_L").doubleValue(), RougeL.of(corpus), 1e-9);
    assertEquals(expected.get("CIDEr").doubleValue(), new CiderD(corpus).of(corpus), 1e-9);
  }

  private static List<Compared> captions(JsonNode tokenised) {
    List<Compared> corpus = new ArrayList<>();
    for (JsonNode image : tokenised) {
      corpus.add(new Compared(image.get("test").textValue(), texts(image.get("refs"))));
    }
    return corpus;
  }
}
