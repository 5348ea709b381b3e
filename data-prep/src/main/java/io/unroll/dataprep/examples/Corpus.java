package io.unroll.dataprep.examples;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.table.Table;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The examples of some inputs or of a table, in their order, kept by Spark while it is open. An
 * input is read by one task, once.
 */
public final class Corpus implements AutoCloseable {
  private final JavaRDD<Reading> readings;
  private final List<String> names;
  private final String unit;

  private Corpus(JavaRDD<Reading> readings, List<String> names, String unit) {
    this.readings = readings;
    this.names = names;
    this.unit = unit;
  }

  /**
   * What some inputs have.
   *
   * @param unit what they consist of, for messages: line, row
   */
  public static Corpus of(Cluster cluster, List<ExampleInput> inputs, String unit) {
    var hadoop = cluster.hadoopInTasks();
    JavaRDD<Reading> readings =
        cluster
            .context()
            .parallelize(inputs, inputs.size())
            .zipWithIndex()
            .flatMap(pair -> new Readings(pair._1(), pair._2().intValue(), hadoop.value().value()));
    return kept(readings, inputs.stream().map(ExampleInput::name).toList(), unit);
  }

  /** What a table has. */
  public static Corpus of(Table table, RowReader reader, String unit) {
    return of(new TableExamples(table, reader), unit);
  }

  static Corpus of(TableExamples examples, String unit) {
    return kept(examples.readings(), examples.table().names(), unit);
  }

  private static Corpus kept(JavaRDD<Reading> readings, List<String> names, String unit) {
    return new Corpus(readings.persist(StorageLevel.MEMORY_AND_DISK()), names, unit);
  }

  /** Those that can be used. */
  public JavaRDD<RawExample> examples() {
    return readings.filter(reading -> reading.bad() == null).map(Reading::example);
  }

  /**
   * Reads all, and tells how many examples cannot be used, and why.
   *
   * @throws DataException if an input cannot be read, or an example cannot be used and must be
   */
  public Map<Fault, Long> leftOut(ExampleSettings.Bad policy) {
    // Keyed by name: the hash of an enum differs from JVM to JVM.
    Map<String, Long> faults =
        readings
            .filter(reading -> reading.bad() != null)
            .mapToPair(reading -> new Tuple2<>(reading.bad().fault().name(), 1L))
            .reduceByKey(Long::sum)
            .collectAsMap();
    if (faults.containsKey(Fault.WHOLE_INPUT.name())) {
      throw new DataException(
          first(reading -> reading.bad().fault() == Fault.WHOLE_INPUT).message());
    }
    Map<Fault, Long> counts = new EnumMap<>(Fault.class);
    faults.forEach((name, count) -> counts.put(Fault.valueOf(name), count));
    boolean bad = counts.keySet().stream().anyMatch(fault -> !fault.isHarmless());
    if (bad && policy == ExampleSettings.Bad.REFUSED) {
      throw refusal(first(reading -> !reading.bad().fault().isHarmless()));
    }
    return counts;
  }

  private interface Choice extends java.io.Serializable {
    boolean takes(Reading reading);
  }

  private Reading.Bad first(Choice choice) {
    return readings
        .filter(reading -> reading.bad() != null && choice.takes(reading))
        .map(Reading::bad)
        .takeOrdered(1)
        .get(0);
  }

  /** The error of an example that cannot be used. */
  DataException refusal(Reading.Bad bad) {
    return new DataException(
        String.format(
            Locale.ROOT, "Cannot read %s: %s", place(bad.input(), bad.place()), bad.message()));
  }

  /** Where an example is, for messages: the input, and the line or row in it. */
  public String place(RawExample example) {
    return place(example.input(), example.place());
  }

  private String place(int input, long place) {
    return String.format(Locale.ROOT, "%s, %s %d", names.get(input), unit, place);
  }

  @Override
  public void close() {
    readings.unpersist(true);
  }
}
