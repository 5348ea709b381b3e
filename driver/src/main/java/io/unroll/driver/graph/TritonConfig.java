package io.unroll.driver.graph;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import java.util.Locale;

/**
 * The {@code config.pbtxt} by which <a
 * href="https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/user_guide/implicit_state_management.html">Triton</a>
 * serves a language model: it keeps the state of each sequence between the requests of a client, by
 * implicit state management, and begins from zeros. One sequence is computed at a time, since
 * Triton puts batches together along the first axis, and that of the state is the layer.
 */
public final class TritonConfig {
  private static final int IDLE_SECONDS = 600;

  private TritonConfig() {}

  /**
   * The text of the file.
   *
   * @param name of the model, which is that of its folder in Triton's repository
   */
  public static String of(LanguageArchitecture model, String name) {
    StringBuilder text = new StringBuilder();
    append(text, "name: \"%s\"\n", name);
    append(text, "platform: \"onnxruntime_onnx\"\n");
    append(text, "max_batch_size: 0\n");
    append(text, "input [ { name: \"tokens\" data_type: TYPE_INT64 dims: [ -1, 1 ] } ]\n");
    append(
        text,
        "output [ { name: \"logits\" data_type: TYPE_FP32 dims: [ -1, 1, %d ] } ]\n",
        model.vocabulary());
    append(text, "sequence_batching {\n");
    append(text, "  max_sequence_idle_microseconds: %d000000\n  direct { }\n", IDLE_SECONDS);
    state(text, model, "h");
    if (model.cell() == Cell.LSTM) {
      state(text, model, "c");
    }
    return text.append("}\n").toString();
  }

  private static void state(StringBuilder text, LanguageArchitecture model, String name) {
    String shape =
        String.format(
            Locale.ROOT,
            "data_type: TYPE_FP32 dims: [ %d, 1, %d ]",
            model.layers(),
            model.hidden());
    append(
        text,
        "  state {\n    input_name: \"%s_in\" output_name: \"%s_out\" %s\n",
        name,
        name,
        shape);
    append(text, "    initial_state { name: \"zeros\" %s zero_data: true }\n  }\n", shape);
  }

  private static void append(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }
}
