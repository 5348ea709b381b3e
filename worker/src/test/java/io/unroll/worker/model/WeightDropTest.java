package io.unroll.worker.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.data.Window;
import io.unroll.worker.data.WindowSource;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.ParameterLayout.Tensor;
import io.unroll.worker.layer.WordDropout;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.train.Clipping;
import io.unroll.worker.train.Constant;
import io.unroll.worker.train.LanePlan;
import io.unroll.worker.train.LaneReport;
import io.unroll.worker.train.LaneTrainer;
import io.unroll.worker.train.Objective;
import io.unroll.worker.train.Sgd;
import io.unroll.worker.train.Stretch;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A step of plain descent at rate 1 changes the parameters by the gradient: by finite differences
 * that of the formulas with some weights from h to h' dropped.
 */
class WeightDropTest {
  private static final int VOCABULARY = 5;
  private static final int TIME = 3;
  private static final int BATCH = 2;
  private static final double PROBABILITY = 0.4;
  private static final double DIFFERENCE = 1e-4;
  private static final double TOLERANCE = 1e-5;
  private static final int LANE = 3;
  private static final int STEP = 7;
  private static final int SEED = 11;

  /** Of the first mask of weights. */
  private static final int CONNECTION = 1 << 22;

  private static LanguageArchitecture architecture(Cell cell) {
    Dropouts dropouts = new Dropouts(0, 0.25, false, 0, PROBABILITY, WordDropout.NONE);
    return new LanguageArchitecture(cell, VOCABULARY, 3, 4, 2, dropouts, false, Connections.PLAIN);
  }

  private static double[] dropped(ParameterLayout layout, DropoutMasks masks, double[] parameters) {
    double[] dropped = parameters.clone();
    int number = 0;
    for (Tensor tensor : layout.tensors()) {
      if (tensor.name().matches("rnn\\.weight_hh_l\\d")) {
        for (int row = 0; row < tensor.rows(); row++) {
          int from = tensor.offset() + row * tensor.columns();
          double[] weights = new double[tensor.columns()];
          System.arraycopy(parameters, from, weights, 0, weights.length);
          weights = NaiveDropout.drop(masks, CONNECTION + number, PROBABILITY, row, weights);
          System.arraycopy(weights, 0, dropped, from, weights.length);
        }
        number++;
      }
    }
    assertEquals(2, number);
    return dropped;
  }

  private static double loss(LanguageArchitecture architecture, double[] parameters) {
    DropoutMasks masks = new DropoutMasks(SEED, LANE, STEP);
    Window window = window();
    double[] state = new double[architecture.stateSize() * BATCH];
    double[] used = dropped(architecture.layout(), masks, parameters);
    return new NaiveModel(architecture, used, masks).loss(window, state);
  }

  private static Window window() {
    return ModelCase.randomWindow(TIME, BATCH, VOCABULARY, true, 3);
  }

  private static final class OneWindow implements WindowSource {
    @Override
    public int steps(int epoch) {
      return 1;
    }

    @Override
    public void load(int epoch, int step, Window target) {
      Window content = window();
      target.begin(TIME, BATCH, true);
      System.arraycopy(content.inputs(), 0, target.inputs(), 0, TIME * BATCH);
      System.arraycopy(content.targets(), 0, target.targets(), 0, TIME * BATCH);
    }
  }

  private static LaneReport step(LanguageArchitecture architecture, int cores, float[] parameters) {
    LanePlan plan =
        new LanePlan(
            architecture,
            Objective.PLAIN,
            new Sgd(),
            new Constant(1, 0),
            Clipping.NONE,
            BATCH,
            TIME,
            0,
            SEED,
            1);
    return new LaneTrainer(plan, Cores.of(cores, PlainKernels::new))
        .run(
            LANE,
            new OneWindow(),
            new Stretch(0, 0, 1, STEP, 0),
            parameters,
            new float[0],
            new float[architecture.stateSize() * BATCH]);
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void lossAndGradientAreThoseOfTheFormulasWithWeightsDropped(Cell cell) {
    LanguageArchitecture architecture = architecture(cell);
    ParameterLayout layout = architecture.layout();
    float[] before = ModelCase.normal(layout.size(), 0.6, 1);
    float[] after = before.clone();
    LaneReport report = step(architecture, 1, after);
    double[] parameters = ModelCase.doubles(before);
    int predictions = TIME * BATCH;
    assertEquals(
        loss(architecture, parameters), report.tally().meanLoss() * predictions, TOLERANCE);

    int untouched = 0;
    for (Tensor tensor : layout.tensors()) {
      for (int x = tensor.offset(); x < tensor.offset() + tensor.size(); x++) {
        double value = parameters[x];
        parameters[x] = value + DIFFERENCE;
        double up = loss(architecture, parameters);
        parameters[x] = value - DIFFERENCE;
        double down = loss(architecture, parameters);
        parameters[x] = value;
        double expected = (up - down) / (2 * DIFFERENCE) / predictions;
        assertEquals(expected, before[x] - after[x], TOLERANCE, tensor.name());
        untouched += tensor.name().contains("weight_hh") && before[x] == after[x] ? 1 : 0;
      }
    }
    double dropped = PROBABILITY * 2 * cell.gates() * 16;
    assertTrue(Math.abs(untouched - dropped) < 0.4 * dropped, untouched + " of " + dropped);

    for (int cores : List.of(2, 3)) {
      float[] together = before.clone();
      step(architecture, cores, together);
      assertArrayEquals(after, together);
    }
  }
}
