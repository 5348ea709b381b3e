package io.unroll.driver.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.unroll.dataprep.DataException;

/** ONNX Runtime, whose library is loaded when it is needed first. */
final class OnnxSessions {
  private OnnxSessions() {}

  /** Name and version. */
  static String version() {
    return "ONNX Runtime " + environment().getVersion();
  }

  /**
   * That of this process.
   *
   * @throws DataException if there is no library for this platform
   */
  static OrtEnvironment environment() {
    try {
      return OrtEnvironment.getEnvironment();
    } catch (LinkageError e) {
      throw new DataException(
          "Cannot use ONNX Runtime on %s on %s: its library cannot be loaded (expected Linux on x86_64 or arm64 with glibc, macOS on arm64, or Windows on x86_64): %s"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), e),
          e);
    }
  }

  /** A session on one core: tasks beside each other use the others. */
  static OrtSession open(byte[] file) throws OrtException {
    OrtEnvironment environment = environment();
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      // What it finds wrong is thrown too.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      return environment.createSession(file, options);
    }
  }

  static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("Cannot close a session of ONNX Runtime", e);
    }
  }
}
