package io.unroll.dataprep.images;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.images.NetworkInput.Order;
import io.unroll.dataprep.images.PixelOptions.Fit;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A picture as it lies in its file. What a camera says about the way it was held is not read.
 *
 * @param pixels 0xRRGGBB, row by row
 */
record Picture(int width, int height, int[] pixels) {
  /** A small file may hold a picture that fills the memory. */
  private static final long MOST_PIXELS = 50_000_000;

  private static final int LONGEST_SIDE = 65_535;

  /** Readers that are taken, by the names of their formats; Java may have others. */
  private static final Set<String> FORMATS = Set.of("jpeg", "png", "gif", "bmp");

  /**
   * Reads JPEG, PNG, GIF and BMP.
   *
   * @throws DataException if it is none, is damaged or too large; the message is a reason only
   */
  static Picture read(byte[] file) {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      ImageReader reader = reader(in);
      try {
        reader.setInput(in, true, true);
        return read(reader);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof DataException refusal) {
        throw refusal;
      }
      // Readers meet damage with exceptions of any kind.
      throw new DataException("it is damaged, or of a kind that Java cannot read (" + e + ")", e);
    }
  }

  private static ImageReader reader(ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
    }
    throw new DataException("it is no picture (expected JPEG, PNG, GIF or BMP)");
  }

  private static Picture read(ImageReader reader) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if (Math.max(width, height) > LONGEST_SIDE || (long) width * height > MOST_PIXELS) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "it has %d x %d pixels (expected at most %,d, and %,d each way; make it smaller)",
              width,
              height,
              MOST_PIXELS,
              LONGEST_SIDE));
    }
    BufferedImage image = reader.read(0);
    int[] pixels = new int[Math.multiplyExact(width, height)];
    image.getRGB(0, 0, width, height, pixels, 0, width);
    if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
      putGrey(image, pixels);
    }
    if (image.getColorModel().hasAlpha()) {
      blend(pixels);
    }
    return new Picture(width, height, pixels);
  }

  /** As it is stored: getRGB takes grey for linear light, and would make it brighter. */
  private static void putGrey(BufferedImage image, int[] pixels) {
    Raster raster = image.getRaster();
    int bits = image.getColorModel().getComponentSize(0);
    for (int x = 0; x < pixels.length; x++) {
      int stored = raster.getSample(x % image.getWidth(), x / image.getWidth(), 0);
      int grey = bits > 8 ? stored >> (bits - 8) : stored * 255 / ((1 << bits) - 1);
      pixels[x] = (pixels[x] & 0xff000000) | grey * 0x010101;
    }
  }

  /** What can be seen through becomes white there. */
  private static void blend(int[] pixels) {
    for (int x = 0; x < pixels.length; x++) {
      int alpha = pixels[x] >>> 24;
      int blended = 0;
      for (int shift = 0; shift <= 16; shift += 8) {
        int value = (pixels[x] >> shift) & 0xff;
        blended |= ((value * alpha + 255 * (255 - alpha) + 127) / 255) << shift;
      }
      pixels[x] = blended;
    }
  }

  /**
   * What a network reads of it.
   *
   * @param into gets the numbers, from {@code offset} on
   */
  void write(PixelOptions options, PictureSize size, Order order, float[] into, int offset) {
    double share =
        options.fit() == Fit.CROP
            ? Math.min((double) width / size.width(), (double) height / size.height())
            : 0;
    double across = share > 0 ? share * size.width() : width;
    double down = share > 0 ? share * size.height() : height;
    var columns = new Resampling((width - across) / 2, across, width, size.width());
    var rows = new Resampling((height - down) / 2, down, height, size.height());
    int channels = options.channels().count();
    for (int channel = 0; channel < channels; channel++) {
      int[] values = resampled(options, channel, columns, rows);
      for (int x = 0; x < values.length; x++) {
        int place =
            order == Order.CHANNELS_FIRST ? channel * values.length + x : x * channels + channel;
        into[offset + place] = options.number(values[x], channel);
      }
    }
  }

  private int[] resampled(PixelOptions options, int channel, Resampling columns, Resampling rows) {
    int[] row = new int[width];
    int[] narrow = new int[Math.multiplyExact(columns.pixels(), height)];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        row[x] = options.channels().of(pixels[y * width + x], channel);
      }
      for (int x = 0; x < columns.pixels(); x++) {
        narrow[y * columns.pixels() + x] = columns.at(x, row, 0, 1);
      }
    }
    int[] small = new int[columns.pixels() * rows.pixels()];
    for (int y = 0; y < rows.pixels(); y++) {
      for (int x = 0; x < columns.pixels(); x++) {
        small[y * columns.pixels() + x] = rows.at(y, narrow, x, columns.pixels());
      }
    }
    return small;
  }
}
