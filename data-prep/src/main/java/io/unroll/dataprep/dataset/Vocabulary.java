package io.unroll.dataprep.dataset;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.tokenize.CodePoints;
import io.unroll.dataprep.tokenize.Cutter;
import io.unroll.dataprep.tokenize.TokenStream;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tokens and their ids, 0 to size - 1, with the tokenizer that cuts text into them. Immutable.
 * {@code vocabulary.json} holds it, in datasets and beside models.
 */
public final class Vocabulary implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Its file's name. */
  public static final String FILE = "vocabulary.json";

  private final Tokenizer tokenizer;
  private final List<String> tokens;
  private final HashMap<String, Integer> ids;
  private final Cutter cutter;
  private final String fingerprint;

  /**
   * @param tokens in the order of their ids, each once
   * @throws DataException if a token is twice there, is not one of the tokenizer's, one of its
   *     special tokens is missing, or subwords are not made of each other
   */
  public Vocabulary(Tokenizer tokenizer, List<String> tokens) {
    this.tokenizer = tokenizer;
    this.tokens = List.copyOf(tokens);
    this.ids = new HashMap<>(tokens.size() * 2);
    for (int id = 0; id < tokens.size(); id++) {
      add(tokens.get(id), id);
    }
    for (String special : tokenizer.specialTokens()) {
      if (!ids.containsKey(special)) {
        throw new DataException(
            "Invalid vocabulary: %s is missing (expected it with tokenizer %s)"
                .formatted(special, tokenizer.kind()));
      }
    }
    if (tokens.isEmpty()) {
      throw new DataException("Invalid vocabulary: it has no tokens (expected at least one)");
    }
    this.cutter = cutterOrThrow();
    this.fingerprint = digest();
  }

  private Cutter cutterOrThrow() {
    try {
      return tokenizer.cutter(tokens);
    } catch (IllegalArgumentException e) {
      throw new DataException("Invalid vocabulary: " + e.getMessage(), e);
    }
  }

  private void add(String token, int id) {
    if (!tokenizer.isToken(token)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Invalid vocabulary: token %d is '%s' (expected a token of tokenizer %s)",
              id,
              token,
              tokenizer.kind()));
    }
    Integer earlier = ids.put(token, id);
    if (earlier != null) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Invalid vocabulary: '%s' is token %d and token %d",
              token,
              earlier,
              id));
    }
  }

  /** The text of a vocabulary.json. */
  public String toJson() {
    return VocabularyJson.write(this);
  }

  /**
   * Reads the text of a vocabulary.json.
   *
   * @throws DataException if the text is no vocabulary of a version that is known, or its
   *     fingerprint does not hold
   */
  public static Vocabulary fromJson(String json) {
    return VocabularyJson.read(json);
  }

  /** V, number of tokens. */
  public int size() {
    return tokens.size();
  }

  /**
   * The token of an id.
   *
   * @throws IndexOutOfBoundsException if there is no such id
   */
  public String token(int id) {
    return tokens.get(id);
  }

  /** All tokens in the order of their ids. */
  public List<String> tokens() {
    return tokens;
  }

  /** The id of a token, or nothing: the unknown token does not stand in. */
  public OptionalInt id(String token) {
    Integer id = ids.get(token);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The id of {@code <unk>}, if there is one. */
  public OptionalInt unknown() {
    return id(Tokenizer.UNKNOWN);
  }

  /** The id of {@code <bos>}, which captions begin with. */
  public OptionalInt begin() {
    return id(Tokenizer.BEGIN);
  }

  /** The id of {@code <eos>}, which lines of words, and captions, end with. */
  public OptionalInt end() {
    return id(Tokenizer.END);
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** Cuts text into its tokens, and others that it may lack. */
  public Cutter cutter() {
    return cutter;
  }

  /**
   * SHA-256 in hexadecimal digits over what maps text to ids: see docs/formats/dataset.md. Equal
   * fingerprints: the same ids for the same text.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * The ids of a text; of a caption only those of its words, without {@code <bos>} and {@code
   * <eos>}.
   *
   * @throws DataException if a token is not in the vocabulary and there is no unknown token, or a
   *     word is absurdly long
   */
  public int[] encode(String text) {
    TokenStream stream = cutter.tokens(CodePoints.of(text));
    IntStream.Builder encoded = IntStream.builder();
    try {
      for (String token = stream.next(); token != null; token = stream.next()) {
        encoded.add(idOrUnknown(token));
      }
    } catch (IOException e) {
      throw new DataException("Cannot encode the text: " + e.getMessage(), e);
    }
    return encoded.build().toArray();
  }

  /**
   * The id of a token, or that of the unknown token.
   *
   * @throws DataException if the token is not in the vocabulary and there is no unknown token
   */
  public int idOrUnknown(String token) {
    Integer id = ids.get(token);
    if (id != null) {
      return id;
    }
    return unknown()
        .orElseThrow(
            () ->
                new DataException(
                    "Cannot encode %s: the vocabulary lacks it and has no <unk>"
                        .formatted(named(token))));
  }

  /** A token for messages: in quotes, with its code points. */
  public static String named(String token) {
    return "'%s' (%s)"
        .formatted(
            token,
            token
                .codePoints()
                .mapToObj(point -> String.format(Locale.ROOT, "U+%04X", point))
                .collect(Collectors.joining(" ")));
  }

  /**
   * The text of some ids: characters side by side; words with blanks between, {@code <eos>} as line
   * feed; a caption's words with blanks between.
   *
   * @throws IndexOutOfBoundsException if there is no such id
   */
  public String decode(int[] ids) {
    List<String> decoded = new ArrayList<>(ids.length);
    for (int id : ids) {
      decoded.add(tokens.get(id));
    }
    return tokenizer.join(decoded);
  }

  private String digest() {
    var hash = new Sha256();
    add(hash, "unroll-vocabulary");
    add(hash, tokenizer.kind());
    add(hash, tokenizer.lowerCase() ? "lower-case" : "as-is");
    tokens.forEach(token -> add(hash, token));
    return hash.digits();
  }

  /** Length in bytes, colon, bytes: no two lists of strings have the same concatenation. */
  private static void add(Sha256 hash, String text) {
    hash.add(text.getBytes(StandardCharsets.UTF_8).length + ":").add(text);
  }
}
