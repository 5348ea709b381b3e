package io.unroll.driver.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.driver.predict.LineTokens;
import io.unroll.driver.predict.TokenLosses;
import io.unroll.driver.sample.Spelling;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.parallel.Cores;
import java.io.IOException;
import java.util.Arrays;

/** {@code POST /v1/score}: how much a language model is surprised by each token of a text. */
final class Scores implements Endpoint {
  static final String PATH = "/v1/score";

  private final ServedModel model;
  private final Turns turns;

  Scores(ServedModel model, Turns turns) {
    this.model = model;
    this.turns = turns;
  }

  @Override
  public void answer(Call call) throws IOException {
    model.requireLanguage(PATH);
    Fields fields = call.fields();
    model.require(fields.text("model"));
    String text = fields.text("text").orElseThrow(() -> Refusal.ofRequest("Missing field text"));
    fields.requireNoOthers();
    int[] sequence = LineTokens.of(model.trained().vocabulary(), text);
    if (sequence.length - 2 > call.limits().tokens()) {
      throw Refusal.ofRequest(
          "Invalid text: it has %d tokens (expected at most %d)",
          sequence.length - 2, call.limits().tokens());
    }
    call.count(sequence.length);
    call.json(answer(sequence, turns.during(() -> losses(sequence))));
  }

  private double[] losses(int[] sequence) {
    Cores cores = Cores.one(KernelChoice.forLittleWork());
    return new TokenLosses(model.trained().language(), model.trained().parameters(), cores)
        .of(sequence);
  }

  private ObjectNode answer(int[] sequence, double[] losses) {
    Vocabulary vocabulary = model.trained().vocabulary();
    double mean = Arrays.stream(losses).average().orElseThrow();
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("model", model.id())
            .put("loss", mean)
            .put("perplexity", Math.exp(mean));
    ArrayNode tokens = answer.putArray("tokens");
    Spelling spelling = new Spelling(vocabulary, new int[0]);
    for (int x = 0; x < losses.length; x++) {
      int token = sequence[x + 1];
      tokens
          .addObject()
          .put("token", vocabulary.token(token))
          .put("text", spelling.add(token))
          .put("loss", losses[x]);
    }
    return answer;
  }
}
