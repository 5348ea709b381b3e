package io.unroll.dataprep.tokenize;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes as characters that can be seen, as GPT-2 has them (Radford et al. 2019) and Hugging Face's
 * byte-level tokenizers expect: the printable characters of Latin-1 stand for themselves, and
 * U+0100 and those after it for the other bytes, in their order. A blank is {@code Ġ}, a line feed
 * {@code Ċ}.
 */
final class ByteAlphabet {
  static final int SIZE = 256;

  private static final char[] CHARACTERS = characters();
  private static final int[] BYTES = bytes();

  private ByteAlphabet() {}

  private static char[] characters() {
    char[] characters = new char[SIZE];
    char next = SIZE;
    for (int b = 0; b < SIZE; b++) {
      characters[b] = isShown(b) ? (char) b : next++;
    }
    return characters;
  }

  private static boolean isShown(int b) {
    return (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
  }

  private static int[] bytes() {
    int[] bytes = new int[2 * SIZE];
    Arrays.fill(bytes, -1);
    for (int b = 0; b < SIZE; b++) {
      bytes[CHARACTERS[b]] = b;
    }
    return bytes;
  }

  /** The character of a byte, 0 to 255. */
  static String character(int b) {
    return String.valueOf(CHARACTERS[b]);
  }

  /** Whether a string consists of such characters. */
  static boolean spells(String token) {
    return !token.isEmpty() && token.chars().allMatch(c -> c < BYTES.length && BYTES[c] >= 0);
  }

  /** The bytes of a text in UTF-8, 0 to 255. */
  static int[] bytesOf(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    int[] bytes = new int[encoded.length];
    for (int x = 0; x < bytes.length; x++) {
      bytes[x] = encoded[x] & 0xFF;
    }
    return bytes;
  }

  /** The bytes that a string of such characters stands for. */
  static byte[] decode(String spelled) {
    byte[] bytes = new byte[spelled.length()];
    for (int x = 0; x < bytes.length; x++) {
      bytes[x] = (byte) BYTES[spelled.charAt(x)];
    }
    return bytes;
  }

  /** The text of some bytes; what is no UTF-8 becomes U+FFFD. */
  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Whether the bytes end before their last character does. */
  static boolean endWithinCharacter(byte[] bytes) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    ByteBuffer left = ByteBuffer.wrap(bytes);
    decoder.decode(left, CharBuffer.allocate(bytes.length), false);
    return left.hasRemaining();
  }
}
