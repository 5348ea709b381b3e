package io.unroll.dataprep.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.tokenize.BpeTokenizer;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.dataprep.tokenize.LabelTokenizer;
import io.unroll.dataprep.tokenize.SequenceTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
import io.unroll.dataprep.tokenize.WordPunctuationTokenizer;
import io.unroll.dataprep.tokenize.WordTokenizer;
import java.util.List;

/** A tokenizer's settings in vocabulary.json and manifest.json. */
final class TokenizerJson {
  private TokenizerJson() {}

  static void write(Tokenizer tokenizer, ObjectNode into) {
    into.put("kind", tokenizer.kind());
    Tokenizer cut = tokenizer instanceof SequenceTokenizer sequence ? sequence.inner() : tokenizer;
    boolean words =
        cut instanceof WordTokenizer
            || cut instanceof WordPunctuationTokenizer
            || cut instanceof BpeTokenizer;
    if (words) {
      into.put("lower-case", tokenizer.lowerCase());
    }
    if (!(tokenizer instanceof LabelTokenizer)) {
      into.put("min-count", tokenizer.minCount());
    }
    if (words) {
      into.put("max-vocabulary", tokenizer.maxVocabulary());
    }
  }

  static Tokenizer read(JsonObjectReader json) {
    String kind = json.text("kind");
    try {
      return kind.endsWith(SequenceTokenizer.SUFFIX)
          ? new SequenceTokenizer(
              read(json, kind.substring(0, kind.length() - SequenceTokenizer.SUFFIX.length())))
          : read(json, kind);
    } catch (IllegalArgumentException e) {
      throw json.invalid("min-count", e.getMessage());
    }
  }

  private static Tokenizer read(JsonObjectReader json, String kind) {
    return switch (kind) {
      case "char" -> {
        json.allow(List.of("kind", "min-count"));
        yield new CharTokenizer(json.integer("min-count"));
      }
      case "caption" -> {
        json.allow(List.of("kind", "min-count"));
        yield new CaptionTokenizer(json.integer("min-count"));
      }
      case "label" -> {
        json.allow(List.of("kind"));
        yield new LabelTokenizer();
      }
      case "word" -> {
        json.allow(List.of("kind", "lower-case", "min-count", "max-vocabulary"));
        yield new WordTokenizer(
            json.flag("lower-case"), json.integer("min-count"), json.integer("max-vocabulary"));
      }
      case "word-punctuation" -> {
        json.allow(List.of("kind", "lower-case", "min-count", "max-vocabulary"));
        yield new WordPunctuationTokenizer(
            json.flag("lower-case"), json.integer("min-count"), json.integer("max-vocabulary"));
      }
      case "bpe" -> {
        json.allow(List.of("kind", "lower-case", "min-count", "max-vocabulary"));
        yield new BpeTokenizer(
            json.flag("lower-case"), json.integer("min-count"), json.integer("max-vocabulary"));
      }
      default -> throw json.invalid("kind", "char, word, word-punctuation, bpe, caption or label");
    };
  }
}
