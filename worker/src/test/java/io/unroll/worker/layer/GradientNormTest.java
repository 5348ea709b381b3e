package io.unroll.worker.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;
import org.junit.jupiter.api.Test;

class GradientNormTest {
  private static final int BLOCK = 1 << 16;

  /** Three blocks and a part, of which a row in the middle is in use and all that follows. */
  private static Gradient gradient() {
    RandomStream random = new RandomStream(1, Purpose.INITIALIZATION, 0, 0);
    float[] values = new float[3 * BLOCK + 5];
    Gradient gradient = new Gradient(values);
    gradient.spans().clear();
    gradient.spans().add(70_000, 70_100);
    gradient.spans().add(130_000, values.length);
    for (int s = 0; s < gradient.spans().count(); s++) {
      for (int x = gradient.spans().from(s); x < gradient.spans().to(s); x++) {
        values[x] = (float) random.nextGaussian();
      }
    }
    return gradient;
  }

  @Test
  void isTheSumOverBlocksWhateverTheCores() {
    Gradient gradient = gradient();
    double sum = 0;
    for (float value : gradient.values()) {
      sum += (double) value * value;
    }
    double norm = gradient.norm(Cores.one(new PlainKernels()));
    assertEquals(Math.sqrt(sum), norm, 1e-12 * norm);
    for (int cores : new int[] {1, 2, 3, 8}) {
      Cores several = Cores.of(cores, KernelChoice::fastest);
      assertEquals(norm, several.withThreads("norm", () -> gradient.norm(several)));
    }
  }

  @Test
  void ofEverythingIsThatOfWhatIsNotZero() {
    Gradient gradient = gradient();
    double norm = gradient.norm(Cores.one(new PlainKernels()));
    assertEquals(norm, new Gradient(gradient.values()).norm(Cores.one(new PlainKernels())));
  }
}
