package io.unroll.driver.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.unroll.dataprep.DataException;
import io.unroll.dataprep.images.ImageNetwork;
import io.unroll.dataprep.images.NetworkRuntime;
import java.util.Optional;

/** ONNX Runtime, on one core of the processor: tasks beside each other use the others. */
public final class OnnxRuntime implements NetworkRuntime {
  /** For the {@link java.util.ServiceLoader}. */
  public OnnxRuntime() {}

  @Override
  public String version() {
    return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion();
  }

  @Override
  public ImageNetwork open(byte[] network, String name, Optional<String> output) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession session;
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      // What it finds wrong is thrown too.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      session = environment.createSession(network, options);
    } catch (OrtException e) {
      throw new DataException(
          "Cannot read the network %s: it is no ONNX that can be computed here (%s)"
              .formatted(name, e.getMessage()),
          e);
    }
    try {
      return OnnxNetwork.of(environment, session, name, output);
    } catch (RuntimeException e) {
      OnnxNetwork.close(session);
      throw e;
    }
  }
}
