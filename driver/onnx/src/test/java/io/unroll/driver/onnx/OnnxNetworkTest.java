package io.unroll.driver.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.images.ImageNetwork;
import io.unroll.dataprep.images.NetworkInput;
import io.unroll.dataprep.images.NetworkInput.Order;
import io.unroll.dataprep.images.PictureSize;
import io.unroll.driver.protobuf.ProtocolBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is taken for a network that reads pictures, by the shape of its input. */
class OnnxNetworkTest {
  private static final long ANY = -1;

  /** A network that says what it reads. */
  private static byte[] network(long... shape) {
    ProtocolBuffer dimensions = new ProtocolBuffer();
    for (long size : shape) {
      dimensions.message(
          1,
          size == ANY ? new ProtocolBuffer().text(2, "") : new ProtocolBuffer().integer(1, size));
    }
    ProtocolBuffer tensor = new ProtocolBuffer().integer(1, 1).message(2, dimensions);
    ProtocolBuffer type = new ProtocolBuffer().message(1, tensor);
    ProtocolBuffer node = new ProtocolBuffer().text(1, "x").text(2, "y").text(4, "Identity");
    ProtocolBuffer graph =
        new ProtocolBuffer()
            .message(1, node)
            .text(2, "same")
            .message(11, new ProtocolBuffer().text(1, "x").message(2, type))
            .message(12, new ProtocolBuffer().text(1, "y").message(2, type));
    return new ProtocolBuffer()
        .integer(1, 8)
        .message(7, graph)
        .message(8, new ProtocolBuffer().text(1, "").integer(2, 17))
        .toByteArray();
  }

  private static NetworkInput input(long... shape) {
    try (ImageNetwork network =
        new OnnxRuntime().open(network(shape), "x.onnx", Optional.empty())) {
      return network.input();
    }
  }

  private static void refused(String reason, long... shape) {
    DataException refusal = assertThrows(DataException.class, () -> input(shape));
    assertTrue(
        refusal.getMessage().startsWith("Cannot use the network x.onnx: it reads"),
        refusal.getMessage());
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }

  @Test
  void sizesAreFixedOrFree() {
    assertEquals(
        new NetworkInput(0, Optional.empty(), 3, Order.CHANNELS_FIRST), input(ANY, 3, ANY, ANY));
    assertEquals(
        new NetworkInput(4, PictureSize.of("32x16"), 1, Order.CHANNELS_LAST), input(4, 16, 32, 1));
  }

  @Test
  void refusesSizesThatPicturesCannotHave() {
    refused("[-1, 3, 224, -1] (expected a height and a width up to 16384", ANY, 3, 224, ANY);
    refused("[-1, 3, -1, 224]", ANY, 3, ANY, 224);
    refused("[1, 100000, 32, 3]", 1, 100_000, 32, 3);
    refused("[1, 3, 5000000000, 32]", 1, 3, 5_000_000_000L, 32);
  }

  @Test
  void refusesShapesThatAreNoPictures() {
    refused("expected 1 or 3 channels", ANY, 4, 224, 224);
    refused("in four dimensions", ANY, 3, 224);
    refused("too many pictures at a time", 5_000_000_000L, 3, 224, 224);
  }
}
