package io.unroll.driver.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.unroll.dataprep.DataException;
import io.unroll.driver.graph.GraphRuntime;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;

/** Computes the graphs of models by ONNX Runtime. */
public final class OnnxGraphs implements GraphRuntime {
  /** For the {@link java.util.ServiceLoader}. */
  public OnnxGraphs() {}

  @Override
  public String version() {
    return OnnxSessions.version();
  }

  @Override
  public Opened open(byte[] file) {
    try {
      return new Session(OnnxSessions.open(file));
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  private static DataException failure(OrtException cause) {
    return new DataException("Cannot compute the graph: " + cause.getMessage(), cause);
  }

  private static final class Session implements Opened {
    private final OrtSession session;

    Session(OrtSession session) {
      this.session = session;
    }

    @Override
    public Map<String, float[]> run(Map<String, Value> inputs) {
      Map<String, OnnxTensor> tensors = new HashMap<>();
      try {
        for (Map.Entry<String, Value> input : inputs.entrySet()) {
          tensors.put(input.getKey(), tensor(input.getValue()));
        }
        try (OrtSession.Result result = session.run(tensors)) {
          Map<String, float[]> outputs = new HashMap<>();
          for (Map.Entry<String, OnnxValue> output : result) {
            FloatBuffer values = ((OnnxTensor) output.getValue()).getFloatBuffer();
            float[] copy = new float[values.remaining()];
            values.get(copy);
            outputs.put(output.getKey(), copy);
          }
          return outputs;
        }
      } catch (OrtException e) {
        throw failure(e);
      } finally {
        tensors.values().forEach(OnnxTensor::close);
      }
    }

    private static OnnxTensor tensor(Value value) throws OrtException {
      OrtEnvironment environment = OnnxSessions.environment();
      if (value instanceof Floats floats) {
        return OnnxTensor.createTensor(
            environment, FloatBuffer.wrap(floats.numbers()), floats.shape());
      }
      if (value instanceof Ints ints) {
        return OnnxTensor.createTensor(environment, IntBuffer.wrap(ints.numbers()), ints.shape());
      }
      LongBuffer longs = LongBuffer.wrap(((Longs) value).numbers());
      return OnnxTensor.createTensor(environment, longs, value.shape());
    }

    @Override
    public void close() {
      OnnxSessions.close(session);
    }
  }
}
