package io.unroll.driver.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.driver.sample.TextSampler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.function.DoubleSupplier;

/** {@code POST /v1/completions}: what a language model writes after a prompt. */
final class Completions implements Endpoint {
  static final String PATH = "/v1/completions";

  private final ServedModel model;
  private final Turns turns;

  Completions(ServedModel model, Turns turns) {
    this.model = model;
    this.turns = turns;
  }

  @Override
  public void answer(Call call) throws IOException {
    model.requireLanguage(PATH);
    var request = CompletionRequest.of(call.fields(), model, call.limits());
    var sampler = new TextSampler(model.trained().vocabulary(), request.prompt());
    if (sampler.promptTokens() > call.limits().tokens()) {
      throw Refusal.ofRequest(
          "Invalid prompt: it has %d tokens (expected at most %d)",
          sampler.promptTokens(), call.limits().tokens());
    }
    if (request.stream()) {
      turns.during(
          () -> {
            stream(call, request, sampler);
            return null;
          });
    } else {
      call.json(turns.during(() -> whole(call, request, sampler)));
    }
  }

  private ObjectNode whole(Call call, CompletionRequest request, TextSampler sampler) {
    StringBuilder text = new StringBuilder(request.echo() ? sampler.prompt() : "");
    ObjectNode all = probabilities();
    var writing =
        new Writing(
            call,
            request,
            (piece, own) -> {
              text.append(piece);
              own.get("tokens").forEach(all.withArray("tokens")::add);
              own.get("token_logprobs").forEach(all.withArray("token_logprobs")::add);
            });
    String reason = writing.run(sampler);
    ObjectNode answer = head(request);
    answer.withArray("choices").add(choice(request, text.toString(), all, reason));
    answer
        .putObject("usage")
        .put("prompt_tokens", sampler.promptTokens())
        .put("completion_tokens", writing.written)
        .put("total_tokens", sampler.promptTokens() + writing.written);
    return answer;
  }

  private void stream(Call call, CompletionRequest request, TextSampler sampler)
      throws IOException {
    ObjectNode head = head(request);
    try (EventStream events = call.events()) {
      if (request.echo()) {
        events.send(piece(head, request, sampler.prompt(), probabilities(), null));
      }
      var writing =
          new Writing(
              call,
              request,
              (text, own) -> {
                try {
                  events.send(piece(head, request, text, own, null));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      String reason = writing.run(sampler);
      events.send(piece(head, request, "", probabilities(), reason));
      events.done();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Receives a piece of the text, with the tokens that it consists of. */
  private interface Pieces {
    void add(String text, ObjectNode probabilities);
  }

  /** Lets the model write one text. */
  private final class Writing {
    private final Call call;
    private final CompletionRequest request;
    private final Pieces pieces;
    private final StopText stop;
    private int written;

    Writing(Call call, CompletionRequest request, Pieces pieces) {
      this.call = call;
      this.request = request;
      this.pieces = pieces;
      this.stop = new StopText(request.stops());
    }

    /** Returns why the text ends, in OpenAI's words. */
    String run(TextSampler sampler) {
      call.count(sampler.promptTokens());
      sampler.draw(
          model.trained().language(),
          model.trained().parameters(),
          request.length(),
          request.options(),
          this::goesOn);
      String rest = stop.rest();
      if (!rest.isEmpty()) {
        pieces.add(rest, probabilities());
      }
      boolean cut = (written == request.length() && !stop.found()) || call.isLate();
      return cut ? "length" : "stop";
    }

    private boolean goesOn(int token, String text, DoubleSupplier logProbability) {
      written++;
      call.count(1);
      ObjectNode own = probabilities();
      if (request.probabilities()) {
        own.withArray("tokens").add(model.trained().vocabulary().token(token));
        own.withArray("token_logprobs").add(logProbability.getAsDouble());
      }
      pieces.add(stop.add(text), own);
      return !stop.found() && !call.isLate();
    }
  }

  private static ObjectNode probabilities() {
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    none.putArray("tokens");
    none.putArray("token_logprobs");
    return none;
  }

  private ObjectNode head(CompletionRequest request) {
    ObjectNode head =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", "cmpl-" + UUID.randomUUID())
            .put("object", "text_completion")
            .put("created", System.currentTimeMillis() / 1000)
            .put("model", model.id())
            .put("seed", request.options().seed());
    head.putArray("choices");
    return head;
  }

  private static ObjectNode piece(
      ObjectNode head, CompletionRequest request, String text, ObjectNode own, String reason) {
    ArrayNode choices = JsonNodeFactory.instance.arrayNode();
    choices.add(choice(request, text, own, reason));
    ObjectNode piece = head.deepCopy();
    piece.set("choices", choices);
    return piece;
  }

  private static ObjectNode choice(
      CompletionRequest request, String text, ObjectNode probabilities, String reason) {
    ObjectNode choice = JsonNodeFactory.instance.objectNode().put("index", 0).put("text", text);
    choice.set(
        "logprobs", request.probabilities() ? probabilities : JsonNodeFactory.instance.nullNode());
    return choice.put("finish_reason", reason);
  }
}
