package io.unroll.driver.graph;

import io.unroll.driver.graph.GraphRuntime.Floats;
import io.unroll.driver.graph.GraphRuntime.Ints;
import io.unroll.driver.graph.GraphRuntime.Value;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a decoder's graph reads of sources, beside the state.
 *
 * @param said outputs of the encoder's graph
 */
record EncodedSource(EncoderDecoderArchitecture model, Map<String, float[]> said, int[] lengths) {
  Map<String, Value> inputs() {
    int batch = lengths.length;
    int numbers = model.reader().outputs();
    Map<String, Value> inputs = new TreeMap<>();
    if (model.attends()) {
      float[] memory = said.get("memory");
      int time = memory.length / (batch * numbers);
      inputs.put("memory", new Floats(memory, time, batch, numbers));
      inputs.put("keys", new Floats(said.get("keys"), time, batch, model.attending().size()));
      inputs.put("lengths", new Ints(lengths, batch));
    }
    if (model.summary().isReadInEveryStep()) {
      inputs.put("summary", new Floats(said.get("summary"), batch, numbers));
    }
    return inputs;
  }
}
