package io.unroll.dataprep.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.images.NetworkInput.Order;
import io.unroll.dataprep.images.PixelOptions.Channels;
import io.unroll.dataprep.images.PixelOptions.Fit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a network settles, and what it is refused for before any picture is read. */
class ImageEncoderTest {
  private static final int COUNT = 64;

  /** Computes a vector of one number for each of {@code said} pictures, or for each. */
  private record Fake(int fixed, Optional<PictureSize> size, int said)
      implements NetworkRuntime, ImageNetwork {
    @Override
    public String version() {
      return "Fake 1";
    }

    @Override
    public ImageNetwork open(byte[] network, String name, Optional<String> output) {
      return this;
    }

    @Override
    public NetworkInput input() {
      return new NetworkInput(fixed, size, 3, Order.CHANNELS_FIRST);
    }

    @Override
    public NetworkOutput run(float[] pictures, PictureSize size, int count) {
      int found = said > 0 ? said : count;
      return new NetworkOutput(new long[] {found, 1}, new float[found]);
    }

    @Override
    public void close() {}
  }

  private static ImageEncoder settled(Fake network, Channels channels, String size, int batch) {
    var pixels = new PixelOptions(channels, Fit.STRETCH, 1, List.of(0.0), List.of(1.0));
    var options =
        new ImageEncoding.Options(
            List.of("x"),
            "x.onnx",
            Optional.empty(),
            Optional.ofNullable(size).map(text -> PictureSize.of(text).orElseThrow()),
            pixels,
            batch,
            false,
            "out");
    return ImageEncoder.settled(network, new byte[0], "file:/x.onnx", options, COUNT);
  }

  private static void refused(
      String reason, Fake network, Channels channels, String size, int batch) {
    DataException refusal =
        assertThrows(DataException.class, () -> settled(network, channels, size, batch));
    assertTrue(
        refusal.getMessage().startsWith("Cannot use the network file:/x.onnx"),
        refusal.getMessage());
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }

  @Test
  void aBatchIsThatOfTheNetworkOrNoLargerThanATask() {
    var free = new Fake(0, Optional.empty(), 0);
    assertEquals(5, settled(free, Channels.RGB, "8", 5).batch());
    assertEquals(COUNT, settled(free, Channels.RGB, "8", 1_000_000).batch());
    assertEquals(200, settled(new Fake(200, Optional.empty(), 0), Channels.RGB, "8", 5).batch());
  }

  @Test
  void aSizeIsThatOfTheNetworkOrTheOneThatIsAsked() {
    var free = new Fake(0, Optional.empty(), 0);
    var fixed = new Fake(0, PictureSize.of("8x4"), 0);
    assertEquals("8x4", settled(fixed, Channels.RGB, null, 1).size().toString());
    assertEquals("8x4", settled(free, Channels.RGB, "8x4", 1).size().toString());
    refused("it reads those of 8x4 (leave out --size)", fixed, Channels.RGB, "9", 1);
    refused("without --size", free, Channels.RGB, null, 1);
    refused("it reads 3 numbers of a pixel", fixed, Channels.GREY, null, 1);
  }

  @Test
  void refusesMorePicturesThanFitIntoAnArray() {
    refused(
        "they are 3,221,225,472 numbers (expected at most 268,435,456; make --batch or --size smaller",
        new Fake(0, Optional.empty(), 0),
        Channels.RGB,
        "4096",
        COUNT);
  }

  @Test
  void refusesWhatIsNotAVectorForEachPicture() {
    refused(
        "what it computes has the shape [1, 1] for 2 pictures",
        new Fake(0, Optional.empty(), 1),
        Channels.RGB,
        "8",
        16);
  }
}
