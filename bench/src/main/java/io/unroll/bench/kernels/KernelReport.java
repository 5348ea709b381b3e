package io.unroll.bench.kernels;

import io.unroll.worker.math.KernelChoice;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs the benchmarks, with JMH's own command line, and prints them fast beside plain: products in
 * GFLOP/s and as a fraction of the peak, everything else in nanoseconds per element. Figures are
 * those of the fastest iteration; the peak is the fastest product of the run.
 */
final class KernelReport {
  private static final String PRODUCT = ProductBenchmark.class.getName();

  private final Map<Row, Map<Candidate, Double>> rows = new LinkedHashMap<>();

  private KernelReport() {}

  /** One line of the table. */
  private record Row(String name, boolean product, String size) {
    /** GFLOP/s of a product, else nanoseconds per element. */
    double figure(double nanos) {
      long volume = Size.parse(size).volume();
      return product ? 2 * volume / nanos : nanos / volume;
    }
  }

  public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
    KernelReport report = new KernelReport();
    new Runner(new CommandLineOptions(arguments)).run().forEach(report::add);
    report.print();
  }

  private void add(RunResult result) {
    BenchmarkParams params = result.getParams();
    String benchmark = params.getBenchmark();
    Row row =
        new Row(
            benchmark.substring(benchmark.lastIndexOf('.') + 1),
            benchmark.startsWith(PRODUCT),
            params.getParam("size"));
    rows.computeIfAbsent(row, key -> new EnumMap<>(Candidate.class))
        .put(
            Candidate.valueOf(params.getParam("candidate")),
            row.figure(result.getPrimaryResult().getStatistics().getMin()));
  }

  private void print() {
    System.out.printf(
        Locale.ROOT,
        "%nJVM %s, %s, kernels %s%n",
        Runtime.version(),
        System.getProperty("os.arch"),
        KernelChoice.fastest().name());
    double peak = peak();
    String format = "%-20s %-14s %9s %9s %7s  %-8s %s%n";
    System.out.printf(format, "kernel", "size", "fast", "plain", "ratio", "unit", "of peak");
    rows.forEach((row, figures) -> printRow(format, row, figures, peak));
  }

  private static void printRow(
      String format, Row row, Map<Candidate, Double> figures, double peak) {
    double fast = figures.getOrDefault(Candidate.FAST, Double.NaN);
    double plain = figures.getOrDefault(Candidate.PLAIN, Double.NaN);
    System.out.printf(
        Locale.ROOT,
        format,
        row.name(),
        row.size(),
        number(fast),
        number(plain),
        number(row.product() ? fast / plain : plain / fast),
        row.product() ? "GFLOP/s" : "ns/elem",
        row.product() ? number(100 * fast / peak) + " %" : "");
  }

  private static String number(double value) {
    return Double.isNaN(value)
        ? "-"
        : String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
  }

  /** The fastest product seen, NaN if none was measured. */
  private double peak() {
    return rows.entrySet().stream()
        .filter(entry -> entry.getKey().product())
        .flatMap(entry -> entry.getValue().values().stream())
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(Double.NaN);
  }
}
