package io.unroll.driver.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.unroll.dataprep.DataException;
import io.unroll.dataprep.images.ImageNetwork;
import io.unroll.dataprep.images.NetworkRuntime;
import java.util.Optional;

/** Computes networks that read pictures by ONNX Runtime. */
public final class OnnxRuntime implements NetworkRuntime {
  /** For the {@link java.util.ServiceLoader}. */
  public OnnxRuntime() {}

  @Override
  public String version() {
    return OnnxSessions.version();
  }

  @Override
  public ImageNetwork open(byte[] network, String name, Optional<String> output) {
    OrtSession session;
    try {
      session = OnnxSessions.open(network);
    } catch (OrtException e) {
      throw new DataException(
          "Cannot read the network %s: it is no ONNX that can be computed here (%s)"
              .formatted(name, e.getMessage()),
          e);
    }
    try {
      return OnnxNetwork.of(session, name, output);
    } catch (RuntimeException e) {
      OnnxSessions.close(session);
      throw e;
    }
  }
}
