package io.unroll.driver.dl4j.example;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A text as minibatches of one-hot characters: at each, the next one is to be predicted.
 *
 * @param characters the alphabet, in ascending order
 * @param indices of the text's characters in it
 */
record CharacterText(int[] characters, int[] indices) implements Serializable {
  static CharacterText read(Path file) throws IOException {
    int[] text = Files.readString(file, StandardCharsets.UTF_8).codePoints().toArray();
    int[] characters = Arrays.stream(text).distinct().sorted().toArray();
    int[] indices = new int[text.length];
    for (int x = 0; x < text.length; x++) {
      indices[x] = Arrays.binarySearch(characters, text[x]);
    }
    return new CharacterText(characters, indices);
  }

  /**
   * First characters of as many whole minibatches as the text from one share of it to another has.
   */
  List<Integer> begins(double from, double to, int batch, int time) {
    int first = (int) (from * indices.length);
    int sequences = ((int) (to * indices.length) - first - 1) / time;
    return IntStream.range(0, sequences / batch)
        .mapToObj(number -> first + number * batch * time)
        .toList();
  }

  /** Sequences that follow one another in the text. */
  DataSet minibatch(int first, int batch, int time) {
    INDArray features = Nd4j.zeros(batch, characters.length, time);
    INDArray labels = Nd4j.zeros(batch, characters.length, time);
    for (int b = 0; b < batch; b++) {
      for (int t = 0; t < time; t++) {
        int x = first + b * time + t;
        features.putScalar(new int[] {b, indices[x], t}, 1);
        labels.putScalar(new int[] {b, indices[x + 1], t}, 1);
      }
    }
    return new DataSet(features, labels);
  }
}
