package io.unroll.bench.kernels;

import io.unroll.worker.benchmark.Preset;
import io.unroll.worker.benchmark.TimedLane;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
import io.unroll.worker.math.PackedMatrix;
import io.unroll.worker.parallel.Cores;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the time of a training step goes: every call of the kernels is timed, by a proxy in front
 * of them, and what remains of the step is packing, copying and clearing.
 *
 * <p>Arguments: names of presets; none for all of them.
 */
public final class StepProfile {
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration MEASURED = Duration.ofSeconds(6);

  /** What kernels do, by the part they have in a step. */
  private enum Part {
    STEP_PRODUCTS("products of one time step"),
    WINDOW_PRODUCTS("products of a whole window"),
    WEIGHT_GRADIENTS("weight gradients"),
    CELLS("cell passes"),
    SOFTMAX("softmax"),
    SUMS("sums, norm, update");

    private final String label;

    Part(String label) {
      this.label = label;
    }
  }

  private static final class Cost {
    private long nanos;
    private double flops;
  }

  private final Preset preset;
  private final Kernels kernels = KernelChoice.fastest();
  private final Map<Part, Cost> costs = new EnumMap<>(Part.class);

  private StepProfile(Preset preset) {
    this.preset = preset;
  }

  public static void main(String[] names) {
    List<Preset> presets =
        names.length == 0
            ? List.of(Preset.values())
            : Arrays.stream(names).map(Preset::of).toList();
    System.out.println("| preset | part | ms per step | share | GFLOP/s |");
    System.out.println("|---|---|---|---|---|");
    presets.forEach(preset -> new StepProfile(preset).print());
  }

  private void print() {
    TimedLane lane = new TimedLane(preset, preset.batch(), 0, Cores.one(timed()));
    lane.train(WARM_UP);
    costs.clear();
    long[] steps = lane.train(MEASURED);
    double total = Arrays.stream(steps).sum();
    double rest = total;
    for (Map.Entry<Part, Cost> entry : costs.entrySet()) {
      Cost cost = entry.getValue();
      rest -= cost.nanos;
      print(
          entry.getKey().label, (double) cost.nanos, total, steps.length, cost.flops / cost.nanos);
    }
    print("packing, copying, clearing", rest, total, steps.length, 0);
    print("all", total, total, steps.length, 0);
  }

  private void print(String part, double nanos, double total, int steps, double gflops) {
    System.out.printf(
        "| %s | %s | %.2f | %.1f %% | %s |%n",
        preset.key(),
        part,
        nanos / 1e6 / steps,
        100 * nanos / total,
        gflops == 0 ? "" : String.format(Locale.ROOT, "%.0f", gflops));
  }

  private Kernels timed() {
    Class<?>[] types = {Kernels.class};
    return (Kernels)
        Proxy.newProxyInstance(StepProfile.class.getClassLoader(), types, this::timedCall);
  }

  private Object timedCall(Object proxy, Method method, Object[] arguments)
      throws ReflectiveOperationException {
    long before = System.nanoTime();
    Object result = method.invoke(kernels, arguments);
    long nanos = System.nanoTime() - before;
    if (!method.getName().equals("packed") && !method.getName().equals("name")) {
      Cost cost = costs.computeIfAbsent(part(method, arguments), part -> new Cost());
      cost.nanos += nanos;
      cost.flops += method.getName().startsWith("multiply") ? flops(arguments) : 0;
    }
    return result;
  }

  /** Of C (m×n) = S + A (m×k) · B (k×n), or of some columns of it. */
  private static double flops(Object[] arguments) {
    PackedMatrix right = operand(PackedMatrix.class, arguments);
    boolean some = arguments[1] instanceof Integer;
    int columns = some ? (int) arguments[2] - (int) arguments[1] : right.columns();
    return 2.0 * (int) arguments[0] * right.rows() * columns;
  }

  /** The first argument of that type. */
  private static <T> T operand(Class<T> type, Object[] arguments) {
    return Arrays.stream(arguments).filter(type::isInstance).map(type::cast).findFirst().get();
  }

  private Part part(Method method, Object[] arguments) {
    String name = method.getName();
    if (name.startsWith("multiply")) {
      boolean transposed = operand(Matrix.class, arguments).rowStride() == 1;
      boolean oneStep = (int) arguments[0] == preset.batch();
      return transposed
          ? Part.WEIGHT_GRADIENTS
          : oneStep ? Part.STEP_PRODUCTS : Part.WINDOW_PRODUCTS;
    }
    if (name.startsWith("lstm") || name.startsWith("gru")) {
      return Part.CELLS;
    }
    return name.equals("softmaxCrossEntropy") ? Part.SOFTMAX : Part.SUMS;
  }
}
