package io.unroll.driver.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.driver.graph.GraphRuntime.Floats;
import io.unroll.driver.graph.GraphRuntime.Longs;
import io.unroll.driver.model.SmallModel;
import io.unroll.driver.model.TrainedModel;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a runtime may say of a graph, with one that is the worker itself. */
class GraphVerificationTest {
  private static final int BATCH = 2;

  @TempDir private Path folder;

  /**
   * The worker, but for what is done to its logits at one step in the middle.
   *
   * @param said of logits, at the tenth step
   */
  private record Worker(UnaryOperator<float[]> said) implements GraphRuntime {
    private static final int STEP = 10;

    @Override
    public String version() {
      return "Worker 1";
    }

    @Override
    public Opened open(byte[] file) {
      LanguageModel model =
          SmallModel.ARCHITECTURE.model(1, BATCH, Cores.one(KernelChoice.fastest()));
      model.use(SmallModel.parameters());
      return new Opened() {
        private int steps;

        @Override
        public Map<String, float[]> run(Map<String, Value> inputs) {
          int[] tokens =
              Arrays.stream(((Longs) inputs.get("tokens")).numbers())
                  .mapToInt(Math::toIntExact)
                  .toArray();
          float[] state = ((Floats) inputs.get("h_in")).numbers().clone();
          float[] logits = new float[BATCH * SmallModel.ARCHITECTURE.vocabulary()];
          model.predict(tokens, BATCH, state, logits);
          Map<String, float[]> found = new HashMap<>();
          found.put("logits", ++steps == STEP ? said.apply(logits) : logits);
          found.put("h_out", state);
          return found;
        }

        @Override
        public void close() {}
      };
    }
  }

  private GraphVerification.Result verify(UnaryOperator<float[]> said) throws IOException {
    Path directory = SmallModel.write(folder, SmallModel.parameters());
    var model = TrainedModel.read(directory.toUri().toString(), new Configuration());
    return new GraphVerification(new Worker(said), model).run();
  }

  private void refused(UnaryOperator<float[]> said, String difference) {
    DataException refusal = assertThrows(DataException.class, () -> verify(said));
    assertTrue(
        refusal.getMessage().contains("Worker 1 computes other logits, by up to " + difference),
        refusal.getMessage());
  }

  private static UnaryOperator<float[]> put(int place, float value) {
    return logits -> {
      logits[place] = value;
      return logits;
    };
  }

  @Test
  void takesWhatIsEqual() throws IOException {
    GraphVerification.Result result = verify(logits -> logits);
    assertEquals(0, result.difference(), 0);
    assertEquals(64, result.rows());
  }

  @Test
  void refusesOneWrongLogit() {
    refused(
        logits -> {
          logits[0] += 0.5f;
          return logits;
        },
        "5.0e-01");
  }

  /** Whatever is compared before it and after it. */
  @Test
  void refusesOneThatIsNoNumber() {
    for (int place = 0; place < BATCH * SmallModel.ARCHITECTURE.vocabulary(); place++) {
      refused(put(place, Float.NaN), "NaN");
    }
  }

  @Test
  void refusesTooFewAndNone() {
    refused(logits -> Arrays.copyOf(logits, logits.length - 1), "Infinity");
    refused(logits -> null, "Infinity");
  }
}
