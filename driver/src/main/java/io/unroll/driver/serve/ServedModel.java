package io.unroll.driver.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.driver.model.TrainedModel;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.LabelerArchitecture;
import java.util.Optional;

/**
 * A model, as clients see it.
 *
 * @param id its name in requests and answers
 * @param created when it was loaded, in seconds since 1970
 */
record ServedModel(TrainedModel trained, String id, long created) {
  /** What a model does. */
  enum Purpose {
    LANGUAGE("language"),
    LABELS("labels"),
    TAGS("tags"),
    TEXT("text");

    private final String key;

    Purpose(String key) {
      this.key = key;
    }
  }

  Purpose purpose() {
    if (trained.architecture() instanceof LabelerArchitecture labeler) {
      return labeler.isPooled() ? Purpose.LABELS : Purpose.TAGS;
    }
    return trained.architecture() instanceof EncoderDecoderArchitecture
        ? Purpose.TEXT
        : Purpose.LANGUAGE;
  }

  boolean attends() {
    return trained.architecture() instanceof EncoderDecoderArchitecture writer && writer.attends();
  }

  /** As OpenAI's servers describe models, with what this one does. */
  ObjectNode description() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("object", "model")
        .put("created", created)
        .put("owned_by", "unroll")
        .put("purpose", purpose().key)
        .put("attention", attends())
        .put("parameters", trained.parameters().length)
        .put("vocabulary", trained.vocabulary().size());
  }

  /**
   * Refuses requests for another model.
   *
   * @param asked its name, if there is one in the request
   */
  void require(Optional<String> asked) {
    asked
        .filter(name -> !name.equals(id))
        .ifPresent(
            name -> {
              throw new Refusal(
                  Refusal.NOT_FOUND, "There is no model %s here (expected %s)".formatted(name, id));
            });
  }

  /**
   * Refuses what only a language model can do.
   *
   * @param path that was asked for
   */
  void requireLanguage(String path) {
    if (purpose() != Purpose.LANGUAGE) {
      throw Refusal.ofRequest(
          "Cannot answer %s: the model %s (expected a language model; ask /v1/predict)",
          path, trained.purpose());
    }
  }
}
