package io.unroll.dataprep.features;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.ExampleInput;
import io.unroll.dataprep.examples.ExampleReader;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.source.TextLines;
import io.unroll.dataprep.vectors.ArrayFile;
import io.unroll.dataprep.vectors.NumberArray;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;

/**
 * An array whose rows are images, and a text with their ids, a line each: the id last, after a file
 * name or nothing.
 *
 * @param matlab whether it is in MATLAB's format
 */
record ArrayFeatures(SourceFile array, SourceFile ids, boolean matlab) implements FeatureInput {
  private static final int WITH_REGIONS = 3;

  @Override
  public int vectorSize(Configuration hadoop) {
    try (NumberArray numbers = open(hadoop)) {
      return numbers.shape()[numbers.shape().length - 1];
    } catch (IOException e) {
      throw array.unreadable(e);
    }
  }

  @Override
  public ExampleInput of(int vectorSize) {
    return new Rows(this, vectorSize);
  }

  @Override
  public RuntimeException unreadable(IOException cause) {
    return array.unreadable(cause);
  }

  private NumberArray open(Configuration hadoop) throws IOException {
    return read(array.open(hadoop, 0), array.uri(), matlab);
  }

  /**
   * The array in a file.
   *
   * @throws DataException if it has another shape than vectors of images have
   */
  static NumberArray read(InputStream in, String name, boolean matlab) throws IOException {
    NumberArray numbers = matlab ? MatFile.read(in, name) : ArrayFile.read(in, name);
    int dimensions = numbers.shape().length;
    if (dimensions < 2 || dimensions > WITH_REGIONS) {
      throw new DataException(
          "Cannot read %s: its shape is %s (expected n images of F numbers, or of R vectors of F numbers)"
              .formatted(name, Arrays.toString(numbers.shape())));
    }
    return numbers;
  }

  private record Rows(ArrayFeatures files, int vectorSize) implements ExampleInput {
    @Override
    public String name() {
      return files.array.uri();
    }

    @Override
    public RuntimeException unreadable(IOException cause) {
      return files.unreadable(cause);
    }

    @Override
    public ExampleReader open(Configuration hadoop) throws IOException {
      SourceFile ids = files.ids;
      return new Reader(
          files.open(hadoop),
          new TextLines(ids.open(hadoop, 0), ids.uri()),
          files.array.uri(),
          ids.uri(),
          vectorSize);
    }
  }

  /** Reads rows beside their ids, wherever they come from. */
  static final class Reader implements ExampleReader {
    private final NumberArray numbers;
    private final TextLines ids;
    private final String name;
    private final String idsName;
    private final int vectorSize;
    private long row;

    /**
     * @param name of the array, for messages
     * @param idsName of the list, likewise
     */
    Reader(NumberArray numbers, TextLines ids, String name, String idsName, int vectorSize) {
      this.numbers = numbers;
      this.ids = ids;
      this.name = name;
      this.idsName = idsName;
      this.vectorSize = vectorSize;
    }

    @Override
    public RawExample next() throws IOException, BadExample {
      String line = nextId();
      int rows = numbers.shape()[0];
      if ((line == null) != (row == rows)) {
        throw unequal(line != null);
      }
      if (line == null) {
        return null;
      }
      row++;
      long image = ImageId.last(line, idsName + ", line " + ids.number());
      int size = numbers.shape()[numbers.shape().length - 1];
      return new ImageVectors(image, size, values()).example(row, vectorSize);
    }

    private float[] values() throws IOException {
      double[] found;
      try {
        found = numbers.next(numbers.elementSize());
      } catch (EOFException | ZipException e) {
        throw new DataException("Cannot read %s: %s".formatted(name, e.getMessage()), e);
      }
      float[] values = new float[found.length];
      for (int x = 0; x < values.length; x++) {
        values[x] = (float) found[x];
      }
      return values;
    }

    private String nextId() throws IOException {
      String line = ids.next();
      while (line != null && line.isBlank()) {
        line = ids.next();
      }
      return line;
    }

    private DataException unequal(boolean more) throws IOException {
      long count = row;
      if (more) {
        count++;
        while (nextId() != null) {
          count++;
        }
      }
      return new DataException(
          String.format(
              Locale.ROOT,
              "Cannot pair the rows of %s with the lines of %s: there are %,d rows and %,d ids"
                  + " (expected the id of an image for each row)",
              name,
              idsName,
              numbers.shape()[0],
              count));
    }

    @Override
    public void close() throws IOException {
      try {
        numbers.close();
      } finally {
        ids.close();
      }
    }
  }
}
