package io.unroll.bench.dl4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A plain text file as tokens: one per character, numbered in the order of their code points.
 *
 * @param vocabulary number of different characters
 * @param tokens the first nine tenths of the text, which is what {@code prep --fractions 0.9,0.1}
 *     trains on
 */
record CharacterText(int vocabulary, int[] tokens) {
  static CharacterText read(Path file) throws IOException {
    return of(Files.readString(file));
  }

  static CharacterText of(String text) {
    int[] characters = text.codePoints().toArray();
    int[] known = Arrays.stream(characters).distinct().sorted().toArray();
    int[] training = Arrays.copyOf(characters, (int) (characters.length * 9L / 10));
    for (int i = 0; i < training.length; i++) {
      training[i] = Arrays.binarySearch(known, training[i]);
    }
    return new CharacterText(known.length, training);
  }
}
