package io.unroll.driver.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.driver.run.DamagedException;
import io.unroll.driver.run.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A version of the model in a registry: the content of its file {@value #FILE}, which is written
 * last and never changed.
 *
 * @param number at least 1; later versions have larger ones
 * @param created when it was accepted
 * @param sha256 of the model, see {@link io.unroll.driver.run.ModelDirectory#sha256}
 * @param model directory that it was copied from
 * @param runId what the caller named the run by
 * @param judgement what it was accepted with; empty if it was not compared
 * @param program version of Unroll
 */
public record Version(
    int number,
    Instant created,
    String sha256,
    String model,
    Optional<String> runId,
    Optional<Judgement> judgement,
    String program) {
  static final String FILE = "version.json";
  static final String FORMAT = "unroll-model-version";

  byte[] toJson() {
    ObjectNode json = StrictJson.object();
    json.put("format", FORMAT);
    json.put("version", Json.VERSION);
    json.put("number", number);
    json.put("created", created.toString());
    json.put("sha256", sha256);
    json.put("model", model);
    Json.put(json, "run-id", runId);
    json.putNull("judgement");
    judgement.ifPresent(judged -> judged.put(json.putObject("judgement")));
    json.put("unroll", program);
    return StrictJson.text(json).getBytes(StandardCharsets.UTF_8);
  }

  static Version fromJson(String file, byte[] bytes) throws DamagedException {
    StrictJson json =
        StrictJson.parse(file, bytes)
            .withKeys(
                Set.of(
                    "format",
                    "version",
                    "number",
                    "created",
                    "sha256",
                    "model",
                    "run-id",
                    "judgement",
                    "unroll"));
    Json.requireFormat(json, file, FORMAT);
    return new Version(
        json.positive("number"),
        json.instant("created"),
        json.text("sha256"),
        json.text("model"),
        json.isNull("run-id") ? Optional.empty() : Optional.of(json.text("run-id")),
        json.isNull("judgement")
            ? Optional.empty()
            : Optional.of(Judgement.from(json.object("judgement"))),
        json.text("unroll"));
  }
}
