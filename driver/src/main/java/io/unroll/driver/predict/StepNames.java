package io.unroll.driver.predict;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Names of the vectors that a model reads: each is called by its largest number, or counted.
 *
 * @param ofNumbers names of the F numbers of a vector; empty: vectors are counted from 1
 */
public record StepNames(List<String> ofNumbers) implements Serializable {
  public StepNames {
    ofNumbers = List.copyOf(ofNumbers);
  }

  /** The names of vectors of {@code size} numbers that lie one after the other. */
  List<String> of(float[] values, int size) {
    return IntStream.range(0, values.length / size)
        .mapToObj(step -> of(values, step * size, size))
        .toList();
  }

  private String of(float[] values, int first, int size) {
    if (ofNumbers.isEmpty()) {
      return Integer.toString(first / size + 1);
    }
    int largest = 0;
    for (int x = 1; x < size; x++) {
      largest = values[first + x] > values[first + largest] ? x : largest;
    }
    return ofNumbers.get(largest);
  }
}
