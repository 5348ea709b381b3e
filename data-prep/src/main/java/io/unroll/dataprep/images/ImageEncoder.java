package io.unroll.dataprep.images;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.source.Outcome;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.hadoop.conf.Configuration;

/**
 * Turns pictures into vectors. Sent to the tasks.
 *
 * @param network content of its file
 * @param name of that file
 * @param output which of its outputs; null: the only one
 * @param size of what it reads
 * @param batch pictures at a time
 */
record ImageEncoder(
    byte[] network, String name, String output, PixelOptions pixels, PictureSize size, int batch)
    implements Serializable {
  /** Of all pictures that are read at a time: 1 GiB. */
  private static final long MOST_NUMBERS = 1L << 28;

  /** What computes networks, if the class path has it. */
  static Optional<NetworkRuntime> runtime() {
    return ServiceLoader.load(NetworkRuntime.class).findFirst();
  }

  private ImageNetwork open() {
    NetworkRuntime runtime =
        runtime()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "No runtime for networks is on the class path of this task"));
    return runtime.open(network, name, Optional.ofNullable(output));
  }

  /**
   * The same with what was left open settled by the network, which is computed once.
   *
   * @param most pictures of a task
   * @throws DataException if the network does not fit what is asked, or cannot be used
   */
  static ImageEncoder settled(
      NetworkRuntime runtime,
      byte[] network,
      String name,
      ImageEncoding.Options options,
      int most) {
    try (ImageNetwork opened = runtime.open(network, name, options.networkOutput())) {
      NetworkInput input = opened.input();
      if (input.channels() != options.pixels().channels().count()) {
        throw new DataException(
            "Cannot use the network %s: it reads %s numbers of a pixel (expected %s, as --channels %s has)"
                .formatted(
                    name,
                    input.channels(),
                    options.pixels().channels().count(),
                    options.pixels().channels().label()));
      }
      PictureSize size = size(input, name, options.size());
      int batch = input.count() > 0 ? input.count() : Math.min(options.batch(), most);
      var settled =
          new ImageEncoder(
              network, name, options.networkOutput().orElse(null), options.pixels(), size, batch);
      settled.requireRoom();
      settled.tryOut(opened);
      return settled;
    }
  }

  private void requireRoom() {
    long numbers = (long) batch * numbersEach();
    if (numbers > MOST_NUMBERS) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot use the network %s with %d pictures of %s at a time: they are %,d numbers (expected at most %,d; make --batch or --size smaller, or take another network where it decides)",
              name,
              batch,
              size,
              numbers,
              MOST_NUMBERS));
    }
  }

  /** With black pictures: two if it can be, so that their number is seen in the shape. */
  private void tryOut(ImageNetwork opened) {
    int count = opened.input().count() > 0 ? batch : Math.min(2, batch);
    vectors(opened, new float[count * numbersEach()], count);
  }

  private static PictureSize size(NetworkInput input, String name, Optional<PictureSize> asked) {
    if (input.size().isPresent() && asked.isPresent() && !asked.equals(input.size())) {
      throw new DataException(
          "Cannot use the network %s with pictures of %s: it reads those of %s (leave out --size)"
              .formatted(name, asked.get(), input.size().get()));
    }
    return input
        .size()
        .or(() -> asked)
        .orElseThrow(
            () ->
                new DataException(
                    "Cannot use the network %s without --size: it reads pictures of any size"
                        .formatted(name)));
  }

  /**
   * The vectors of each picture, or why there are none.
   *
   * @param skipBad whether what follows a bad picture is of interest
   */
  Iterator<Outcome<EncodedImage>> encode(
      Iterator<ImageFile> files, Configuration hadoop, boolean skipBad) {
    List<Outcome<EncodedImage>> found = new ArrayList<>();
    try (ImageNetwork opened = open()) {
      List<ImageFile> images = new ArrayList<>();
      float[] numbers = new float[batch * numbersEach()];
      while (files.hasNext() && (skipBad || !anyBad(found))) {
        ImageFile file = files.next();
        Optional<String> error = write(file, hadoop, opened, numbers, images.size());
        if (error.isPresent()) {
          found.add(new Outcome<>(null, error.get()));
        } else {
          images.add(file);
        }
        if (images.size() == batch || (!files.hasNext() && !images.isEmpty())) {
          found.addAll(run(opened, numbers, images));
          images.clear();
        }
      }
    }
    return found.iterator();
  }

  private static boolean anyBad(List<Outcome<EncodedImage>> found) {
    return found.stream().anyMatch(outcome -> outcome.error() != null);
  }

  private int numbersEach() {
    return Math.multiplyExact(size.pixels(), pixels.channels().count());
  }

  /** Puts the numbers of a picture into their place; returns why it cannot, if it cannot. */
  private Optional<String> write(
      ImageFile file, Configuration hadoop, ImageNetwork opened, float[] numbers, int place) {
    try {
      file.read(hadoop).write(pixels, size, opened.input().order(), numbers, place * numbersEach());
      return Optional.empty();
    } catch (DataException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** A network of a fixed batch reads what is left of the last one too, which is not looked at. */
  private List<Outcome<EncodedImage>> run(
      ImageNetwork opened, float[] numbers, List<ImageFile> images) {
    int count = opened.input().count() > 0 ? batch : images.size();
    NetworkOutput.Vectors[] vectors = vectors(opened, numbers, count);
    List<Outcome<EncodedImage>> found = new ArrayList<>();
    for (int n = 0; n < images.size(); n++) {
      found.add(outcome(images.get(n), vectors[n]));
    }
    return found;
  }

  /** Where it fails, no picture is at fault: the exception ends the job. */
  private NetworkOutput.Vectors[] vectors(ImageNetwork opened, float[] numbers, int count) {
    return opened.run(numbers, size, count).byPicture(name, count, opened.input().order());
  }

  private static Outcome<EncodedImage> outcome(ImageFile image, NetworkOutput.Vectors vectors) {
    for (float value : vectors.values()) {
      if (!Float.isFinite(value)) {
        return new Outcome<>(
            null,
            String.format(
                Locale.ROOT,
                "Cannot encode %s: the network computes %s (expected finite numbers; look at --scale, --mean and --deviation)",
                image.file().uri(),
                value));
      }
    }
    return new Outcome<>(
        new EncodedImage(
            image.id(), image.file().uri(), vectors.rows(), vectors.columns(), vectors.values()),
        null);
  }
}
