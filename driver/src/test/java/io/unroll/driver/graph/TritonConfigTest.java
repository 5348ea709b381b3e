package io.unroll.driver.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import org.junit.jupiter.api.Test;

/** What Triton is told of a language model. */
class TritonConfigTest {
  @Test
  void hasTheStatesOfTheCell() {
    assertEquals(
        """
        name: "x"
        platform: "onnxruntime_onnx"
        max_batch_size: 0
        input [ { name: "tokens" data_type: TYPE_INT64 dims: [ -1, 1 ] } ]
        output [ { name: "logits" data_type: TYPE_FP32 dims: [ -1, 1, 9 ] } ]
        sequence_batching {
          max_sequence_idle_microseconds: 600000000
          direct { }
          state {
            input_name: "h_in" output_name: "h_out" data_type: TYPE_FP32 dims: [ 2, 1, 4 ]
            initial_state { name: "zeros" data_type: TYPE_FP32 dims: [ 2, 1, 4 ] zero_data: true }
          }
          state {
            input_name: "c_in" output_name: "c_out" data_type: TYPE_FP32 dims: [ 2, 1, 4 ]
            initial_state { name: "zeros" data_type: TYPE_FP32 dims: [ 2, 1, 4 ] zero_data: true }
          }
        }
        """,
        TritonConfig.of(new LanguageArchitecture(Cell.LSTM, 9, 3, 4, 2, 0, false), "x"));
    String gru = TritonConfig.of(new LanguageArchitecture(Cell.GRU, 9, 3, 4, 1, 0, false), "y");
    assertEquals(-1, gru.indexOf("c_in"));
  }
}
