package io.unroll.dataprep.dataset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.tokenize.BpeTokenizer;
import io.unroll.dataprep.tokenize.Merges;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Subwords as a {@code tokenizer.json} of Hugging Face's tokenizers, which gives every text the
 * same ids. Written for others; Unroll itself reads {@code vocabulary.json}.
 */
final class TokenizersJson {
  private static final String FILE = "tokenizer.json";
  private static final String TARGET_FILE = "target-tokenizer.json";

  /** The names that its files may have. */
  static final List<String> FILES = List.of(FILE, TARGET_FILE);

  private TokenizersJson() {}

  /** The files of a dataset, by name: one for both sides of pairs if their vocabulary is one. */
  static Map<String, Vocabulary> files(Map<VocabularyUse, Vocabulary> vocabularies) {
    Map<String, Vocabulary> files = new LinkedHashMap<>();
    Vocabulary tokens = vocabularies.get(VocabularyUse.TOKENS);
    Vocabulary targets = vocabularies.get(VocabularyUse.TARGETS);
    if (isOfSubwords(tokens)) {
      files.put(FILE, tokens);
    }
    if (isOfSubwords(targets)
        && (tokens == null || !tokens.fingerprint().equals(targets.fingerprint()))) {
      files.put(TARGET_FILE, targets);
    }
    return files;
  }

  private static boolean isOfSubwords(Vocabulary vocabulary) {
    return vocabulary != null && vocabulary.tokenizer().subwords().isPresent();
  }

  /**
   * The text of the file.
   *
   * @param vocabulary of subwords
   */
  static String write(Vocabulary vocabulary) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    List<String> special = vocabulary.tokenizer().specialTokens();
    var added = root.putArray("added_tokens");
    special.forEach(
        token ->
            added
                .addObject()
                .put("id", vocabulary.id(token).orElseThrow())
                .put("content", token)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", true));
    if (vocabulary.tokenizer().lowerCase()) {
      root.putObject("normalizer").put("type", "Lowercase");
    } else {
      root.putNull("normalizer");
    }
    preTokenizer(root.putObject("pre_tokenizer"));
    root.putNull("post_processor");
    byteLevel(root.putObject("decoder"));
    model(vocabulary, special, root.putObject("model"));
    return root.toPrettyString() + "\n";
  }

  private static void preTokenizer(ObjectNode object) {
    var steps = object.put("type", "Sequence").putArray("pretokenizers");
    ObjectNode split = steps.addObject().put("type", "Split");
    split.putObject("pattern").put("Regex", BpeTokenizer.WORDS);
    split.put("behavior", "Isolated").put("invert", false);
    byteLevel(steps.addObject());
  }

  private static void byteLevel(ObjectNode object) {
    object
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", false)
        .put("use_regex", false);
  }

  private static void model(Vocabulary vocabulary, List<String> special, ObjectNode model) {
    model.put("type", "BPE").putNull("dropout").putNull("unk_token");
    model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    ObjectNode ids = model.putObject("vocab");
    vocabulary.tokens().forEach(token -> ids.put(token, vocabulary.id(token).orElseThrow()));
    var merges = model.putArray("merges");
    Merges.of(vocabulary.tokens().stream().filter(t -> !special.contains(t)).toList())
        .pairs()
        .forEach(pair -> merges.addArray().add(pair.get(0)).add(pair.get(1)));
  }
}
