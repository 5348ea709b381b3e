package io.unroll.driver.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.unroll.dataprep.DataException;
import io.unroll.dataprep.images.ImageNetwork;
import io.unroll.dataprep.images.NetworkInput;
import io.unroll.dataprep.images.NetworkInput.Order;
import io.unroll.dataprep.images.NetworkOutput;
import io.unroll.dataprep.images.PictureSize;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A network that reads pictures, in a session of ONNX Runtime. */
final class OnnxNetwork implements ImageNetwork {
  private static final int DIMENSIONS = 4;
  private static final int COLOURS = 3;
  private static final int MOST_PICTURES = 1 << 16;

  private final OrtSession session;
  private final String name;
  private final String reads;
  private final String computes;
  private final NetworkInput input;

  private OnnxNetwork(OrtSession session, String name, String computes, NodeInfo reads) {
    this.session = session;
    this.name = name;
    this.reads = reads.getName();
    this.computes = computes;
    this.input = pictures(reads, name);
  }

  /**
   * The network of a session.
   *
   * @throws DataException if it reads something else than pictures, or has no such output
   */
  static OnnxNetwork of(OrtSession session, String name, Optional<String> output) {
    try {
      Map<String, NodeInfo> inputs = session.getInputInfo();
      if (inputs.size() != 1) {
        throw new DataException(
            "Cannot use the network %s: it reads %s (expected one input, the pictures)"
                .formatted(name, inputs.keySet()));
      }
      String computes = output(session.getOutputNames(), name, output);
      return new OnnxNetwork(session, name, computes, inputs.values().iterator().next());
    } catch (OrtException e) {
      throw failure(name, e);
    }
  }

  private static String output(Set<String> names, String network, Optional<String> asked) {
    if (asked.isPresent() ? !names.contains(asked.get()) : names.size() != 1) {
      throw new DataException(
          "Cannot use the network %s: %s (choose one of its outputs by --network-output: %s)"
              .formatted(
                  network,
                  asked
                      .map(wanted -> "it has no output " + wanted)
                      .orElse("it has several outputs"),
                  String.join(", ", names)));
    }
    return asked.orElseGet(() -> names.iterator().next());
  }

  private static NetworkInput pictures(NodeInfo node, String name) {
    if (!(node.getInfo() instanceof TensorInfo tensor)
        || tensor.type != OnnxJavaType.FLOAT
        || tensor.getShape().length != DIMENSIONS) {
      throw new DataException(
          "Cannot use the network %s: it reads %s (expected pictures: float32 in four dimensions)"
              .formatted(name, node));
    }
    long[] shape = tensor.getShape();
    boolean first = isChannels(shape[1]);
    if (!first && !isChannels(shape[DIMENSIONS - 1])) {
      throw new DataException(
          "Cannot use the network %s: it reads %s (expected 1 or 3 channels, before height and width or after them)"
              .formatted(name, Arrays.toString(shape)));
    }
    return new NetworkInput(
        count(shape, name),
        size(shape, first ? 2 : 1, name),
        (int) shape[first ? 1 : DIMENSIONS - 1],
        first ? Order.CHANNELS_FIRST : Order.CHANNELS_LAST);
  }

  /** Pictures at a time; 0 for any number. */
  private static int count(long[] shape, String name) {
    if (shape[0] > MOST_PICTURES) {
      throw new DataException(
          "Cannot use the network %s: it reads %s, which are too many pictures at a time (expected at most %s)"
              .formatted(name, Arrays.toString(shape), MOST_PICTURES));
    }
    return (int) Math.max(0, shape[0]);
  }

  /**
   * Of a picture; empty if it may have any.
   *
   * @param place of the height in the shape, which the width follows
   */
  private static Optional<PictureSize> size(long[] shape, int place, String name) {
    long height = shape[place];
    long width = shape[place + 1];
    if (height < 0 && width < 0) {
      return Optional.empty();
    }
    if (!PictureSize.isSide(height) || !PictureSize.isSide(width)) {
      throw new DataException(
          "Cannot use the network %s: it reads %s (expected a height and a width up to %s, or any of both)"
              .formatted(name, Arrays.toString(shape), PictureSize.LONGEST));
    }
    return Optional.of(new PictureSize((int) width, (int) height));
  }

  private static boolean isChannels(long dimension) {
    return dimension == 1 || dimension == COLOURS;
  }

  @Override
  public NetworkInput input() {
    return input;
  }

  @Override
  public NetworkOutput run(float[] pictures, PictureSize size, int count) {
    long[] shape =
        input.order() == Order.CHANNELS_FIRST
            ? new long[] {count, input.channels(), size.height(), size.width()}
            : new long[] {count, size.height(), size.width(), input.channels()};
    int numbers = Math.multiplyExact(count * input.channels(), size.pixels());
    try (OnnxTensor read =
            OnnxTensor.createTensor(
                OnnxSessions.environment(), FloatBuffer.wrap(pictures, 0, numbers), shape);
        OrtSession.Result result = session.run(Map.of(reads, read), Set.of(computes))) {
      if (!(result.get(0) instanceof OnnxTensor found)
          || found.getInfo().type != OnnxJavaType.FLOAT) {
        throw new DataException(
            "Cannot use the network %s: its output %s is %s (expected float32)"
                .formatted(name, computes, result.get(0).getInfo()));
      }
      FloatBuffer buffer = found.getFloatBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return new NetworkOutput(found.getInfo().getShape(), values);
    } catch (OrtException e) {
      throw failure(name, e);
    }
  }

  private static DataException failure(String name, OrtException cause) {
    return new DataException(
        "Cannot compute the network %s: %s".formatted(name, cause.getMessage()), cause);
  }

  @Override
  public void close() {
    OnnxSessions.close(session);
  }
}
