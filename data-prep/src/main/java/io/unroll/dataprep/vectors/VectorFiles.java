package io.unroll.dataprep.vectors;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.ExampleInput;
import io.unroll.dataprep.examples.ExampleReader;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.examples.Mixing;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.source.SourceFile;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/**
 * An array of vectors and one of labels, which belong together.
 *
 * @param number one of its own among all files of vectors, for what is drawn by chance
 * @param classes names of the labels, by their numbers; empty: the numbers are the labels
 * @param view what is made of each array
 */
record VectorFiles(
    SourceFile vectors,
    SourceFile labels,
    long number,
    List<String> classes,
    Scaling scaling,
    VectorView view)
    implements ExampleInput {

  VectorFiles {
    classes = new ArrayList<>(classes);
  }

  @Override
  public String name() {
    return vectors.uri();
  }

  @Override
  public RuntimeException unreadable(IOException cause) {
    return vectors.unreadable(cause);
  }

  /** The sizes of both, from their heads. */
  VectorShape shape(Configuration hadoop) {
    try (NumberArray numbers = open(vectors, hadoop);
        NumberArray named = open(labels, hadoop)) {
      int[] shape = numbers.shape();
      int[] labelShape = named.shape();
      boolean tags = labelShape.length == 2;
      if (shape.length < 2) {
        throw refusal(vectors, shape, "n examples of F numbers, or n of T vectors of F numbers");
      }
      if (labelShape.length > 2
          || labelShape[0] != shape[0]
          || (tags && (shape.length != 3 || labelShape[1] != shape[1]))) {
        throw refusal(
            labels,
            labelShape,
            "a label for each of the %d examples, or for each of their vectors"
                .replace("%d", Integer.toString(shape[0])));
      }
      if (named.type().kind() == NumberType.Kind.FLOATING) {
        throw new DataException(
            "Cannot read %s: its labels are no whole numbers (convert them with astype('int64'))"
                .formatted(labels.uri()));
      }
      return view.shape(ofExample(shape), tags ? Target.TAGS : Target.LABEL);
    } catch (IllegalArgumentException e) {
      throw new DataException("Cannot read %s: %s".formatted(vectors.uri(), e.getMessage()), e);
    } catch (IOException e) {
      throw vectors.unreadable(e);
    }
  }

  private static int[] ofExample(int[] shape) {
    return Arrays.copyOfRange(shape, 1, shape.length);
  }

  private static DataException refusal(SourceFile file, int[] shape, String expected) {
    return new DataException(
        "Cannot read %s: its shape is %s (expected %s)"
            .formatted(file.uri(), Arrays.toString(shape), expected));
  }

  private static NumberArray open(SourceFile file, Configuration hadoop) throws IOException {
    return ArrayFile.read(file.open(hadoop, 0), file.uri());
  }

  @Override
  public ExampleReader open(Configuration hadoop) throws IOException {
    return new Reader(this, open(vectors, hadoop), open(labels, hadoop));
  }

  private static final class Reader implements ExampleReader {
    private final VectorFiles files;
    private final NumberArray numbers;
    private final NumberArray labels;
    private long row;

    Reader(VectorFiles files, NumberArray numbers, NumberArray labels) {
      this.files = files;
      this.numbers = numbers;
      this.labels = labels;
    }

    @Override
    public RawExample next() throws IOException, BadExample {
      if (row == numbers.shape()[0]) {
        return null;
      }
      row++;
      double[] found = next(numbers, files.vectors);
      double[] named = next(labels, files.labels);
      String[] names = new String[named.length];
      for (int x = 0; x < names.length; x++) {
        names[x] = name((long) named[x]);
      }
      boolean bytes = numbers.type().bytes() == 1;
      float[] values = new float[found.length];
      for (int x = 0; x < values.length; x++) {
        values[x] = files.scaling.scaled(found[x], bytes);
        if (!Float.isFinite(values[x])) {
          throw new BadExample(
              Fault.NO_NUMBER,
              row,
              String.format(
                  Locale.ROOT,
                  "its number %d is %s (expected a finite one; --skip-bad leaves such rows out)",
                  x + 1,
                  values[x]));
        }
      }
      return files.view.example(
          new LabelledArray(
              row, Mixing.of(files.number, row), ofExample(numbers.shape()), values, names));
    }

    private static double[] next(NumberArray array, SourceFile file) throws IOException {
      try {
        return array.next(array.elementSize());
      } catch (EOFException e) {
        throw new DataException(
            "Cannot read %s: it ends before its last number (it was cut off)".formatted(file.uri()),
            e);
      }
    }

    private String name(long number) throws BadExample {
      if (files.classes.isEmpty()) {
        return Long.toString(number);
      }
      if (number < 0 || number >= files.classes.size()) {
        throw new BadExample(
            Fault.NO_LABEL,
            row,
            String.format(
                Locale.ROOT,
                "its label is %d, but --classes names 0 to %d only (--skip-bad leaves such rows out)",
                number,
                files.classes.size() - 1));
      }
      return files.classes.get((int) number);
    }

    @Override
    public void close() throws IOException {
      numbers.close();
      labels.close();
    }
  }
}
