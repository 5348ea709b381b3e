package io.unroll.worker.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Passes of the cells: all kernels give the same bits, whole or in parts. */
class CellParityTest {
  private static final Kernels PLAIN = new PlainKernels();
  private static final int BATCH = 5;

  /** Before the first row of every view, and behind every row of states: not to be touched. */
  private static final int MARGIN = 3;

  /** So many rows and units of a step, from a row and a unit on. */
  private record Part(int row, int rows, int from, int to) {}

  static IntStream sizes() {
    return IntStream.concat(IntStream.rangeClosed(1, 67), IntStream.of(128, 200, 650, 1000));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void vectorsGiveTheBitsOfThePlainLoops(int hidden) {
    List<Part> whole = List.of(new Part(0, BATCH, 0, hidden));
    List<float[]> expected = passes(PLAIN, hidden, whole);
    KernelParityTest.vectors()
        .forEach(vector -> assertEqual(expected, passes(vector, hidden, whole), vector));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void partsGiveTheBitsOfTheWhole(int hidden) {
    List<float[]> expected = passes(PLAIN, hidden, List.of(new Part(0, BATCH, 0, hidden)));
    int cut = hidden / 3;
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(2, 2, cut, hidden));
    parts.add(new Part(0, 2, 0, cut));
    parts.add(new Part(4, 1, 0, hidden));
    parts.add(new Part(2, 2, 0, cut));
    parts.add(new Part(0, 2, cut, hidden));
    parts.add(new Part(BATCH, 0, 0, hidden));
    KernelParityTest.all()
        .forEach(kernels -> assertEqual(expected, passes(kernels, hidden, parts), kernels));
  }

  private static void assertEqual(List<float[]> expected, List<float[]> actual, Kernels kernels) {
    assertEquals(expected.size(), actual.size());
    for (int x = 0; x < expected.size(); x++) {
      assertArrayEquals(expected.get(x), actual.get(x), kernels.name() + ", array " + x);
    }
  }

  private static List<float[]> passes(Kernels kernels, int hidden, List<Part> parts) {
    return Stream.of(
            rnn(kernels, hidden, parts),
            lstm(kernels, hidden, parts),
            gru(kernels, hidden, parts),
            gruResetAfter(kernels, hidden, parts))
        .flatMap(Stream::of)
        .toList();
  }

  private static Matrix gates(int rowStride) {
    float[] values = KernelParityTest.ramp(MARGIN + BATCH * rowStride + MARGIN);
    return Matrix.of(values, MARGIN, rowStride);
  }

  private static Matrix states(int hidden) {
    return gates(hidden + MARGIN);
  }

  private static float[][] rnn(Kernels kernels, int hidden, List<Part> parts) {
    Matrix a = states(hidden);
    a.values()[MARGIN] = 100f;
    a.values()[MARGIN + hidden - 1] = Float.NaN;
    Matrix h = states(hidden);
    Matrix dh = states(hidden);
    Matrix da = states(hidden);
    for (Part x : parts) {
      kernels.rnnForward(x.rows, x.from, x.to, a.from(x.row), h.from(x.row));
      kernels.rnnBackward(x.rows, x.from, x.to, dh.from(x.row), h.from(x.row), da.from(x.row));
    }
    return new float[][] {h.values(), da.values()};
  }

  private static float[][] lstm(Kernels kernels, int hidden, List<Part> parts) {
    Matrix gates = gates(4 * hidden);
    Matrix previousC = states(hidden);
    Matrix c = states(hidden);
    Matrix tanhC = states(hidden);
    Matrix h = states(hidden);
    Matrix dh = states(hidden);
    Matrix dc = states(hidden);
    for (Part x : parts) {
      kernels.lstmForward(
          x.rows,
          x.from,
          x.to,
          gates.from(x.row),
          previousC.from(x.row),
          c.from(x.row),
          tanhC.from(x.row),
          h.from(x.row));
    }
    float[] activations = gates.values().clone();
    for (Part x : parts) {
      kernels.lstmBackward(
          x.rows,
          x.from,
          x.to,
          gates.from(x.row),
          previousC.from(x.row),
          tanhC.from(x.row),
          dh.from(x.row),
          dc.from(x.row));
    }
    return new float[][] {
      activations, c.values(), tanhC.values(), h.values(), gates.values(), dc.values()
    };
  }

  private static float[][] gru(Kernels kernels, int hidden, List<Part> parts) {
    Matrix gates = gates(3 * hidden);
    Matrix previousH = states(hidden);
    Matrix reset = states(hidden);
    Matrix h = states(hidden);
    Matrix dh = states(hidden);
    Matrix down = states(hidden);
    for (Part x : parts) {
      Matrix some = gates.from(x.row);
      Matrix before = previousH.from(x.row);
      kernels.gruReset(x.rows, x.from, x.to, some, before, reset.from(x.row));
      kernels.gruForward(x.rows, x.from, x.to, some, before, h.from(x.row));
    }
    float[] activations = gates.values().clone();
    for (Part x : parts) {
      Matrix some = gates.from(x.row);
      Matrix before = previousH.from(x.row);
      kernels.gruBackward(x.rows, x.from, x.to, some, before, dh.from(x.row), down.from(x.row));
      kernels.gruResetBackward(
          x.rows, x.from, x.to, some, before, reset.from(x.row), down.from(x.row));
    }
    return new float[][] {activations, reset.values(), h.values(), gates.values(), down.values()};
  }

  private static float[][] gruResetAfter(Kernels kernels, int hidden, List<Part> parts) {
    Matrix gates = gates(3 * hidden);
    Matrix recurrent = gates(3 * hidden);
    Matrix previousH = states(hidden);
    Matrix h = states(hidden);
    Matrix dh = states(hidden);
    Matrix down = states(hidden);
    for (Part x : parts) {
      kernels.gruResetAfterForward(
          x.rows,
          x.from,
          x.to,
          gates.from(x.row),
          recurrent.from(x.row),
          previousH.from(x.row),
          h.from(x.row));
    }
    float[] activations = gates.values().clone();
    for (Part x : parts) {
      kernels.gruResetAfterBackward(
          x.rows,
          x.from,
          x.to,
          gates.from(x.row),
          recurrent.from(x.row),
          previousH.from(x.row),
          dh.from(x.row),
          down.from(x.row));
    }
    return new float[][] {
      activations, h.values(), gates.values(), recurrent.values(), down.values()
    };
  }
}
