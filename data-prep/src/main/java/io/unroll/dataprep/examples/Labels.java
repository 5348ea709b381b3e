package io.unroll.dataprep.examples;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.LabelTokenizer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaRDD;

/** The labels that training has. */
final class Labels {
  /** More are none: a wrong column, such as the text itself. */
  private static final int MOST = 10_000;

  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");

  private Labels() {}

  /**
   * The labels of the training split, in the order of numbers or else of code points.
   *
   * @param given all labels that there are, in the order of their ids
   * @throws DataException if there are fewer than two, or absurdly many
   */
  static Vocabulary of(JavaRDD<RawExample> training, Optional<List<String>> given) {
    List<String> found =
        given.orElseGet(
            () ->
                new ArrayList<>(
                    training
                        .flatMap(example -> Arrays.asList(example.labels()).iterator())
                        .distinct()
                        .take(MOST + 1)));
    if (found.size() > MOST) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot use the labels: the training split has more than %,d different ones (is it the right column, and the right separator?)",
              MOST));
    }
    if (found.size() < 2) {
      throw new DataException(
          "Cannot use the labels: the training split has %s (expected two or more different ones)"
              .formatted(found.isEmpty() ? "none" : "only '" + found.get(0) + "'"));
    }
    return new Vocabulary(new LabelTokenizer(), given.isPresent() ? found : sorted(found));
  }

  private static List<String> sorted(List<String> labels) {
    boolean numbers = labels.stream().allMatch(label -> WHOLE_NUMBER.matcher(label).matches());
    Comparator<String> byText = Comparator.comparing(Labels::codePoints, Arrays::compare);
    Comparator<String> byNumber = Comparator.comparing(label -> new BigInteger(label));
    return labels.stream().sorted(numbers ? byNumber.thenComparing(byText) : byText).toList();
  }

  private static int[] codePoints(String text) {
    return text.codePoints().toArray();
  }
}
