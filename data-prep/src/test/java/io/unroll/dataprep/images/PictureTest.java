package io.unroll.dataprep.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.images.NetworkInput.Order;
import io.unroll.dataprep.images.PixelOptions.Channels;
import io.unroll.dataprep.images.PixelOptions.Fit;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureTest {
  private static byte[] file(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, format, out));
    return out.toByteArray();
  }

  private static int[] pixels(BufferedImage image) throws IOException {
    return Picture.read(file(image, "png")).pixels();
  }

  /** A row of stored values. */
  private static BufferedImage row(BufferedImage image, int... values) {
    for (int x = 0; x < values.length; x++) {
      image.getRaster().setSample(x, 0, 0, values[x]);
    }
    return image;
  }

  private static float[] written(
      Picture picture, Channels channels, Fit fit, PictureSize size, Order order) {
    var options = new PixelOptions(channels, fit, 1, List.of(0.0), List.of(1.0));
    float[] numbers = new float[size.pixels() * channels.count()];
    picture.write(options, size, order, numbers, 0);
    return numbers;
  }

  private static void refused(String reason, byte[] file) {
    DataException refusal = assertThrows(DataException.class, () -> Picture.read(file));
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }

  @Test
  void readsTheFourFormats() throws IOException {
    var image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    for (String format : List.of("jpg", "png", "gif", "bmp")) {
      Picture picture = Picture.read(file(image, format));
      assertEquals(3, picture.width(), format);
      assertArrayEquals(new int[6], rgb(picture.pixels()), format);
    }
  }

  @Test
  void refusesOtherFormats() throws IOException {
    var image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    refused("it is no picture (expected JPEG, PNG, GIF or BMP)", file(image, "tiff"));
    refused("it is no picture", "x".getBytes(StandardCharsets.UTF_8));
    refused("it is no picture", new byte[0]);
  }

  @Test
  void refusesDamage() throws IOException {
    byte[] file = file(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB), "png");
    file[40]++;
    refused("it is damaged", file);
  }

  /** Sizes are those that the head of the file states: nothing is decoded. */
  @Test
  void refusesPicturesThatAreTooLarge() throws IOException {
    refused(
        "it has 65536 x 1 pixels (expected at most 50,000,000, and 65,535 each way", bmp(65536));
    byte[] large = file(new BufferedImage(50_000, 1, BufferedImage.TYPE_BYTE_BINARY), "bmp");
    large[22] = (byte) 0xe9; // 1001 rows
    large[23] = 3;
    refused("it has 50000 x 1001 pixels", large);
  }

  private static byte[] bmp(int width) throws IOException {
    return file(new BufferedImage(width, 1, BufferedImage.TYPE_BYTE_BINARY), "bmp");
  }

  @Test
  void whatIsTransparentBecomesWhite() throws IOException {
    var image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00123456);
    image.setRGB(1, 0, 0x80000000);
    image.setRGB(2, 0, 0xff123456);
    assertArrayEquals(new int[] {0xffffff, 0x7f7f7f, 0x123456}, pixels(image));
  }

  @Test
  void coloursOfAPaletteAreLookedUp() throws IOException {
    byte[] red = {0, (byte) 200};
    byte[] green = {10, (byte) 255};
    byte[] blue = {20, 30};
    var image =
        new BufferedImage(
            2, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 2, red, green, blue));
    assertArrayEquals(new int[] {0xc8ff1e, 0x000a14}, rgb(pixels(row(image, 1, 0))));
  }

  /** Without what getRGB says of a pixel that nothing is seen through. */
  private static int[] rgb(int[] pixels) {
    int[] rgb = new int[pixels.length];
    for (int x = 0; x < rgb.length; x++) {
      rgb[x] = pixels[x] & 0xffffff;
    }
    return rgb;
  }

  @Test
  void greyIsTakenAsItIsStored() throws IOException {
    assertArrayEquals(
        new int[] {0x000000, 0x010101, 0x808080, 0xffffff},
        rgb(pixels(row(new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_GRAY), 0, 1, 128, 255))));
    assertArrayEquals(
        new int[] {0x000000, 0x010101, 0x808080, 0xffffff},
        rgb(
            pixels(
                row(
                    new BufferedImage(4, 1, BufferedImage.TYPE_USHORT_GRAY),
                    255,
                    0x1ff,
                    0x8000,
                    0xffff))));
    assertArrayEquals(
        new int[] {0xffffff, 0x000000, 0xffffff},
        rgb(pixels(row(new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY), 1, 0, 1))));
  }

  @Test
  void channelsAreInTheOrderThatIsAsked() {
    var picture = new Picture(2, 1, new int[] {0x010203, 0x0a0b0c});
    var size = new PictureSize(2, 1);
    assertArrayEquals(
        new float[] {1, 10, 2, 11, 3, 12},
        written(picture, Channels.RGB, Fit.STRETCH, size, Order.CHANNELS_FIRST));
    assertArrayEquals(
        new float[] {1, 2, 3, 10, 11, 12},
        written(picture, Channels.RGB, Fit.STRETCH, size, Order.CHANNELS_LAST));
    assertArrayEquals(
        new float[] {3, 2, 1, 12, 11, 10},
        written(picture, Channels.BGR, Fit.STRETCH, size, Order.CHANNELS_LAST));
  }

  /** 0.299 R + 0.587 G + 0.114 B. */
  @Test
  void greyIsTheLuma() {
    var picture = new Picture(3, 1, new int[] {0xff0000, 0x00ff00, 0x0000ff});
    assertArrayEquals(
        new float[] {76, 150, 29},
        written(picture, Channels.GREY, Fit.STRETCH, new PictureSize(3, 1), Order.CHANNELS_FIRST));
  }

  @Test
  void croppingTakesTheMiddle() {
    int[] pixels = new int[12];
    for (int x = 0; x < pixels.length; x++) {
      pixels[x] = x * 0x010101;
    }
    var square = new PictureSize(2, 2);
    assertArrayEquals(
        new float[] {2, 3, 8, 9},
        written(new Picture(6, 2, pixels), Channels.GREY, Fit.CROP, square, Order.CHANNELS_FIRST));
    assertArrayEquals(
        new float[] {4, 5, 6, 7},
        written(new Picture(2, 6, pixels), Channels.GREY, Fit.CROP, square, Order.CHANNELS_FIRST));
  }
}
