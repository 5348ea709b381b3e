package io.unroll.driver.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.unroll.driver.graph.OnnxFormat;
import io.unroll.driver.model.ForeignFormat;
import io.unroll.worker.model.Architecture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Random;

/** Models of random parameters, and their graphs in ONNX Runtime. */
final class Graphs {
  private Graphs() {}

  static float[] parameters(Architecture architecture) {
    Random random = new Random(3);
    float[] parameters = new float[architecture.layout().size()];
    for (int x = 0; x < parameters.length; x++) {
      parameters[x] = (float) random.nextGaussian() / 2;
    }
    return parameters;
  }

  static OrtSession session(Architecture architecture, float[] parameters)
      throws OrtException, IOException {
    return session(architecture, parameters, "");
  }

  /**
   * The session of one of several files.
   *
   * @param suffix of its name
   */
  static OrtSession session(Architecture architecture, float[] parameters, String suffix)
      throws OrtException, IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    var content = new ForeignFormat.Content(architecture, parameters);
    for (ForeignFormat.Part part : new OnnxFormat().parts(content)) {
      if (part.suffix().equals(suffix)) {
        part.body().write(file);
      }
    }
    return OrtEnvironment.getEnvironment().createSession(file.toByteArray());
  }

  static float[] floats(OrtSession.Result result, String name) {
    FloatBuffer values = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
    float[] copy = new float[values.remaining()];
    values.get(copy);
    return copy;
  }
}
