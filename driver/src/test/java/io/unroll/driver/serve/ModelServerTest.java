package io.unroll.driver.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.unroll.driver.model.SmallModel;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.sample.TextSampler;
import io.unroll.worker.decode.SamplingOptions;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server answers, and what it refuses. */
class ModelServerTest {
  private static final String COMPLETIONS = "/v1/completions";

  @TempDir private Path folder;

  /** What the model writes by itself. */
  private static String written(int length, SamplingOptions options) {
    return new TextSampler(SmallModel.VOCABULARY, "ab")
        .write(SmallModel.ARCHITECTURE, SmallModel.parameters(), length, options)
        .continuation();
  }

  @Test
  void completesAsTheCommandSampleDoes() throws Exception {
    try (Served server = new Served(ServedModels.language(folder))) {
      JsonNode answer =
          server.answer(
              COMPLETIONS,
              "{\"model\":\"small\",\"prompt\":\"ab\",\"max_tokens\":40,\"seed\":7,\"temperature\":1.5,\"top_k\":2,\"user\":\"x\"}");
      JsonNode choice = answer.at("/choices/0");
      assertEquals(
          written(40, new SamplingOptions(1.5, 2, 1, false, 7)), choice.get("text").asText());
      assertEquals("length", choice.get("finish_reason").asText());
      assertEquals(2, answer.at("/usage/prompt_tokens").asInt());
      assertEquals(40, answer.at("/usage/completion_tokens").asInt());
      assertEquals(42, answer.at("/usage/total_tokens").asInt());
      assertEquals("small", answer.get("model").asText());
      String greedy = "{\"prompt\":\"ab\",\"max_tokens\":9,\"temperature\":0,\"echo\":true}";
      assertEquals(
          "ab" + written(9, SamplingOptions.likeliest()),
          server.answer(COMPLETIONS, greedy).at("/choices/0/text").asText());
    }
  }

  @Test
  void sendsTheSamePieceByPiece() throws Exception {
    try (Served server = new Served(ServedModels.language(folder))) {
      String asked =
          "{\"prompt\":\"ab\",\"max_tokens\":30,\"seed\":3,\"logprobs\":0,\"stream\":%s}";
      JsonNode whole = server.answer(COMPLETIONS, asked.formatted(false)).at("/choices/0");
      HttpResponse<String> streamed = server.post(COMPLETIONS, asked.formatted(true));
      assertEquals(
          "text/event-stream", streamed.headers().firstValue("Content-Type").orElseThrow());
      StringBuilder text = new StringBuilder();
      List<Double> probabilities = new ArrayList<>();
      String reason = "";
      List<String> events = List.of(streamed.body().split("\n\n"));
      assertEquals("data: [DONE]", events.get(events.size() - 1));
      for (String event : events.subList(0, events.size() - 1)) {
        JsonNode choice = Served.json(event.substring("data: ".length())).at("/choices/0");
        text.append(choice.get("text").asText());
        choice.at("/logprobs/token_logprobs").forEach(x -> probabilities.add(x.asDouble()));
        reason = choice.get("finish_reason").asText();
      }
      assertEquals(32, events.size());
      assertEquals(whole.get("text").asText(), text.toString());
      assertEquals("length", reason);
      List<Double> together = new ArrayList<>();
      whole.at("/logprobs/token_logprobs").forEach(x -> together.add(x.asDouble()));
      assertEquals(together, probabilities);
      assertEquals(30, together.size());
    }
  }

  @Test
  void endsBeforeAStopText() throws Exception {
    try (Served server = new Served(ServedModels.language(folder))) {
      String all = written(400, new SamplingOptions(0.8, 0, 1, false, 1));
      String stop = all.substring(20, 25);
      int first = all.indexOf(stop);
      JsonNode choice =
          server
              .answer(
                  COMPLETIONS,
                  "{\"prompt\":\"ab\",\"max_tokens\":400,\"seed\":1,\"stop\":\"%s\"}"
                      .formatted(stop.replace("\n", "\\n")))
              .at("/choices/0");
      assertEquals(all.substring(0, first), choice.get("text").asText());
      assertEquals("stop", choice.get("finish_reason").asText());
    }
  }

  @Test
  void tellsTheLossOfEachToken() throws Exception {
    try (Served server = new Served(ServedModels.language(folder))) {
      String text = "ab".repeat(50);
      JsonNode scored = server.answer("/v1/score", "{\"text\":\"%s\"}".formatted(text));
      JsonNode predicted = server.answer("/v1/predict", "{\"input\":\"%s\"}".formatted(text));
      assertEquals(101, scored.get("tokens").size());
      double sum = 0;
      for (JsonNode token : scored.get("tokens")) {
        sum += token.get("loss").asDouble();
      }
      double mean = predicted.at("/predictions/0/loss").asDouble();
      assertEquals(mean, sum / 101, 1e-12);
      assertEquals(mean, scored.get("loss").asDouble(), 1e-12);
      assertEquals(Math.exp(mean), scored.get("perplexity").asDouble(), 1e-9);
      JsonNode completed =
          server.answer(
              COMPLETIONS, "{\"prompt\":\"a\",\"max_tokens\":1,\"temperature\":0,\"logprobs\":0}");
      String next = completed.at("/choices/0/logprobs/tokens/0").asText();
      double loss = -completed.at("/choices/0/logprobs/token_logprobs/0").asDouble();
      String both = "{\"text\":\"a%s\"}".formatted(next.replace("\n", "\\n"));
      // The prompt is read without the line end that a text of its own begins after.
      assertEquals(next, server.answer("/v1/score", both).at("/tokens/1/token").asText());
      assertTrue(loss > 0 && loss < Math.log(3));
    }
  }

  @Test
  void labelsAndTags() throws Exception {
    try (Served server = new Served(ServedModels.labeler(folder, false))) {
      JsonNode answer = server.answer("/v1/predict", "{\"input\":[\"one two\",\"\",\"three\"]}");
      assertEquals(3, answer.get("predictions").size());
      JsonNode first = answer.at("/predictions/0");
      assertTrue(List.of("bad", "good").contains(first.get("label").asText()));
      assertTrue(first.get("probability").asDouble() >= 0.5);
      assertTrue(answer.at("/predictions/1/label").isNull());
      refused(server, COMPLETIONS, "{}", 400, "the model gives labels");
      refused(server, "/v1/score", "{\"text\":\"one\"}", 400, "ask /v1/predict");
    }
    try (Served server = new Served(ServedModels.labeler(folder, true))) {
      JsonNode said = server.answer("/v1/predict", "{\"input\":\"one four\"}").at("/predictions/0");
      assertEquals("[\"one\",\"four\"]", said.get("words").toString());
      assertEquals(2, said.get("tags").size());
    }
  }

  @Test
  void writesAboutTextsAndTellsWhatItLookedAt() throws Exception {
    try (Served server = new Served(ServedModels.writer(folder))) {
      JsonNode answer =
          server.answer(
              "/v1/predict", "{\"input\":\"one two three\",\"beam\":3,\"attention\":true}");
      JsonNode said = answer.at("/predictions/0");
      assertTrue(said.get("score").asDouble() < 0);
      assertEquals("[\"one\",\"two\",\"three\"]", said.at("/attention/read").toString());
      JsonNode weights = said.at("/attention/weights");
      assertEquals(said.at("/attention/written").size(), weights.size());
      double sum = 0;
      for (JsonNode weight : weights.get(0)) {
        sum += weight.asDouble();
      }
      assertEquals(1, sum, 1e-5);
    }
  }

  private static void refused(Served server, String path, String body, int status, String part)
      throws Exception {
    HttpResponse<String> response = server.post(path, body);
    assertEquals(status, response.statusCode(), response.body());
    String message = Served.json(response.body()).at("/error/message").asText();
    assertTrue(message.contains(part), message);
  }

  @Test
  void refusesWhatItDoesNotUnderstand() throws Exception {
    try (Served server = new Served(ServedModels.language(folder))) {
      refused(server, COMPLETIONS, "{\"promt\":\"a\"}", 400, "Unknown field promt (expected echo,");
      refused(server, COMPLETIONS, "{\"prompt\":3}", 400, "Invalid prompt: 3 (expected a string)");
      refused(server, COMPLETIONS, "{\"prompt\":\"xyz\"}", 400, "Cannot encode 'x' (U+0078)");
      refused(server, COMPLETIONS, "{\"model\":\"other\"}", 404, "expected small");
      refused(server, COMPLETIONS, "{\"n\":2}", 400, "Invalid n: 2 (expected 1)");
      refused(server, COMPLETIONS, "{\"max_tokens\":501}", 400, "501 (expected 1 to 500)");
      refused(server, COMPLETIONS, "{\"max_tokens\":1.5}", 400, "expected a whole number");
      refused(server, COMPLETIONS, "{\"temperature\":-1}", 400, "Invalid temperature");
      refused(server, COMPLETIONS, "{\"top_p\":2}", 400, "Invalid top-p");
      refused(server, COMPLETIONS, "{\"stop\":[\"\"]}", 400, "Invalid stop");
      refused(server, COMPLETIONS, "{\"stop\":[1]}", 400, "a string or a list of strings");
      refused(server, COMPLETIONS, "{\"stream\":\"yes\"}", 400, "expected true or false");
      refused(server, COMPLETIONS, "{", 400, "it is no JSON");
      refused(server, COMPLETIONS, "", 400, "no object of JSON");
      refused(server, COMPLETIONS, "[]", 400, "no object of JSON");
      refused(server, COMPLETIONS, "[".repeat(5000), 400, "it is no JSON");
      refused(server, "/v1/score", "{}", 400, "Missing field text");
      refused(server, "/v1/score", "{\"text\":\"" + "a".repeat(501) + "\"}", 400, "has 501 tokens");
      refused(server, "/v1/predict", "{}", 400, "Missing field input");
      refused(server, "/v1/predict", "{\"input\":\"a\",\"attention\":true}", 400, "has none");
      refused(server, "/v1/other", "{}", 404, "There is no such path (expected /, ");
      refused(server, "/health", "{}", 405, "expected GET");
      HttpRequest.BodyPublisher form = HttpRequest.BodyPublishers.ofString("prompt=a");
      HttpResponse<String> sent = server.send(server.request(COMPLETIONS).POST(form));
      assertEquals(415, sent.statusCode());
    }
  }

  @Test
  void describesItself() throws Exception {
    TrainedModel model = ServedModels.language(folder);
    try (Served server = new Served(model)) {
      JsonNode described = Served.json(server.get("/v1/models").body()).at("/data/0");
      assertEquals("small", described.get("id").asText());
      assertEquals("language", described.get("purpose").asText());
      assertEquals(model.parameters().length, described.get("parameters").asInt());
      assertEquals("{\"status\":\"ok\"}", server.get("/health").body());
      server.answer(COMPLETIONS, "{\"prompt\":\"ab\",\"max_tokens\":5}");
      String metrics = server.get("/metrics").body();
      assertTrue(
          metrics.contains("unroll_requests_total{path=\"/v1/completions\",status=\"200\"} 1\n"),
          metrics);
      assertTrue(metrics.contains("unroll_tokens_total 7\n"), metrics);
      assertTrue(metrics.contains("unroll_model_info{model=\"small\"} 1\n"), metrics);
      for (String part : List.of("/", "/page.js", "/page.css")) {
        HttpResponse<String> page = server.get(part);
        assertEquals(200, page.statusCode());
        assertTrue(
            page.headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow()
                .startsWith("default-src 'none'"));
        assertFalse(page.body().contains("http://") && !page.body().contains("w3.org"), part);
      }
    }
  }
}
