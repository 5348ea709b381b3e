package io.unroll.dataprep.dataset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.DataException;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** vocabulary.json, version 1: see docs/formats/dataset.md. */
final class VocabularyJson {
  private static final String FORMAT = "unroll-vocabulary";
  private static final int VERSION = 1;

  /** Roles of special tokens, and the tokens that have them. */
  private static final Map<String, String> ROLES = roles();

  private VocabularyJson() {}

  private static Map<String, String> roles() {
    Map<String, String> roles = new LinkedHashMap<>();
    roles.put("unknown", Tokenizer.UNKNOWN);
    roles.put("begin", Tokenizer.BEGIN);
    roles.put("end", Tokenizer.END);
    return roles;
  }

  static String write(Vocabulary vocabulary) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("format", FORMAT).put("version", VERSION);
    TokenizerJson.write(vocabulary.tokenizer(), root.putObject("tokenizer"));
    root.put("fingerprint", vocabulary.fingerprint());
    ObjectNode special = root.putObject("special");
    ROLES.forEach((role, token) -> vocabulary.id(token).ifPresent(id -> special.put(role, id)));
    var tokens = root.putArray("tokens");
    vocabulary.tokens().forEach(tokens::add);
    return root.toPrettyString() + "\n";
  }

  static Vocabulary read(String json) {
    JsonObjectReader root = JsonObjectReader.parse("vocabulary", json, FORMAT, VERSION);
    root.allow(List.of("format", "version", "tokenizer", "fingerprint", "special", "tokens"));
    var vocabulary =
        new Vocabulary(TokenizerJson.read(root.object("tokenizer")), root.texts("tokens"));
    checkSpecial(vocabulary, root.object("special"));
    if (!root.text("fingerprint").equals(vocabulary.fingerprint())) {
      throw new DataException(
          "Invalid vocabulary: its fingerprint is %s, but its tokens have %s: it was changed or damaged"
              .formatted(root.text("fingerprint"), vocabulary.fingerprint()));
    }
    return vocabulary;
  }

  private static void checkSpecial(Vocabulary vocabulary, JsonObjectReader special) {
    special.allow(ROLES.keySet());
    ROLES.forEach(
        (role, token) -> {
          OptionalInt id = vocabulary.id(token);
          if (id.isEmpty() ? special.has(role) : special.integer(role) != id.getAsInt()) {
            throw special.invalid(role, id.isEmpty() ? "none" : "" + id.getAsInt());
          }
        });
  }
}
