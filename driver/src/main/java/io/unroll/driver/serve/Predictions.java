package io.unroll.driver.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.driver.predict.DrawnAttention;
import io.unroll.driver.predict.TextAnswer;
import io.unroll.driver.predict.TextModel;
import io.unroll.driver.report.AlignmentPicture;
import io.unroll.worker.decode.DecodingOptions;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.parallel.Cores;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /v1/predict}: what a model says of texts, as the command {@code predict} does:
 * labels, tags, what it writes about them, or the loss of each.
 */
final class Predictions implements Endpoint {
  static final String PATH = "/v1/predict";
  private static final int WIDEST_BEAM = 32;
  private static final int MOST_TEXTS = 256;

  private final ServedModel model;
  private final Turns turns;

  Predictions(ServedModel model, Turns turns) {
    this.model = model;
    this.turns = turns;
  }

  /** What is asked. */
  private record Asked(List<String> texts, boolean attention, DecodingOptions decoding) {}

  @Override
  public void answer(Call call) throws IOException {
    Asked asked = asked(call);
    call.json(turns.during(() -> answer(asked)));
  }

  private ObjectNode answer(Asked asked) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("model", model.id());
    ArrayNode predictions = answer.putArray("predictions");
    var texts = TextModel.of(model.trained(), TextModel.Output.ANSWER, asked.decoding());
    TextModel.Ready ready =
        texts.ready(model.trained().parameters(), Cores.one(KernelChoice.forLittleWork()));
    List<TextAnswer> found = ready.answers(asked.texts());
    found.forEach(said -> predictions.add(object(texts.columns(), said)));
    if (asked.attention()) {
      addAttention(asked, predictions);
    }
    return answer;
  }

  private Asked asked(Call call) throws IOException {
    Fields fields = call.fields();
    model.require(fields.text("model"));
    List<String> texts =
        fields.texts("input").orElseThrow(() -> Refusal.ofRequest("Missing field input"));
    var asked =
        new Asked(
            texts,
            fields.flag("attention"),
            DecodingOptions.beam(fields.integer("beam", 1, WIDEST_BEAM, 1)));
    fields.requireNoOthers();
    if (texts.size() > MOST_TEXTS) {
      throw Refusal.ofRequest(
          "Invalid input: there are %d texts (expected at most %d)", texts.size(), MOST_TEXTS);
    }
    if (asked.attention() && !model.attends()) {
      throw Refusal.ofRequest("Invalid attention: the model has none");
    }
    int most = call.limits().tokens();
    for (String text : texts) {
      int tokens = model.trained().vocabulary().encode(text).length;
      if (tokens > most) {
        throw Refusal.ofRequest(
            "Invalid input: a text has %d tokens (expected at most %d)", tokens, most);
      }
      call.count(tokens);
    }
    return asked;
  }

  private static ObjectNode object(List<TextAnswer.Column> columns, TextAnswer said) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int x = 0; x < columns.size(); x++) {
      object.putPOJO(columns.get(x).name(), said.values().get(x));
    }
    return object;
  }

  private void addAttention(Asked asked, ArrayNode predictions) {
    var drawn = new DrawnAttention(model.trained(), asked.decoding());
    for (int x = 0; x < asked.texts().size(); x++) {
      Optional<AlignmentPicture> picture = drawn.of(asked.texts().get(x));
      if (picture.isPresent()) {
        put((ObjectNode) predictions.get(x), picture.get());
      }
    }
  }

  private static void put(ObjectNode prediction, AlignmentPicture picture) {
    ObjectNode attention = prediction.putObject("attention");
    picture.read().forEach(attention.putArray("read")::add);
    picture.written().forEach(attention.putArray("written")::add);
    ArrayNode weights = attention.putArray("weights");
    for (float[] row : picture.weights()) {
      ArrayNode numbers = weights.addArray();
      for (float weight : row) {
        numbers.add(weight);
      }
    }
  }
}
