package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.driver.predict.Described;
import io.unroll.driver.run.Storage;
import io.unroll.driver.run.StrictJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Writes what a model looked at of images: {@code attention.jsonl}, a line of JSON for each image,
 * and a picture of each of the first ones, ID.svg.
 */
final class AttentionRecord implements Consumer<Described> {
  /** The weights of all images. */
  static final String FILE = "attention.jsonl";

  private static final double PRECISION = 1e4;

  private final Storage storage;
  private final OutputStream out;
  private int pictures;

  AttentionRecord(Storage storage, OutputStream out) {
    this.storage = storage;
    this.out = out;
  }

  @Override
  public void accept(Described described) {
    try {
      out.write((json(described) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (pictures < AttentionPictures.MOST) {
      String file = String.format(Locale.ROOT, "%d.svg", described.image());
      storage.write(file, described.picture().toSvg().getBytes(StandardCharsets.UTF_8));
      pictures++;
    }
  }

  private static ObjectNode json(Described described) {
    ObjectNode json = StrictJson.object().put("image", described.image());
    ArrayNode read = json.putArray("read");
    described.read().forEach(read::add);
    ArrayNode written = json.putArray("written");
    described.written().forEach(written::add);
    ArrayNode weights = json.putArray("weights");
    for (float[] row : described.weights()) {
      ArrayNode numbers = weights.addArray();
      for (float weight : row) {
        numbers.add(Math.round(weight * PRECISION) / PRECISION);
      }
    }
    return json;
  }
}
