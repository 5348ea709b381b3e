package io.unroll.driver.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.SequenceTokenizer;
import io.unroll.dataprep.tokenize.WordTokenizer;
import io.unroll.driver.data.GroupedExample;
import io.unroll.driver.metric.Compared;
import io.unroll.worker.data.Example;
import io.unroll.worker.decode.DecodingOptions;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.Connections;
import io.unroll.worker.model.Dropouts;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.EncoderDecoderArchitecture.Reader;
import io.unroll.worker.model.EncoderDecoderArchitecture.Writer;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.model.Stack;
import io.unroll.worker.model.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongBinaryOperator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A model without training writes about sources that two examples each have. */
class DecodingJobIT {
  private static final int SOURCES = 15;
  private static final Vocabulary VOCABULARY =
      new Vocabulary(
          new SequenceTokenizer(new WordTokenizer(false, 1, 0)),
          List.of("<unk>", "<bos>", "<eos>", "a", "b", "c", "d"));

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("unroll-driver-tests")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** Source x twice, once with a and once with b c as its text. */
  private static List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (int x = 0; x < SOURCES; x++) {
      int[] source = {x, (7 * x) % 11, 3};
      examples.add(Example.ofTokens(source, new int[] {1, 3, 2}));
      examples.add(Example.ofTokens(source, new int[] {1, 4, 5, 2}));
    }
    return examples;
  }

  private static List<Compared> written(int partSize, LongBinaryOperator group) {
    Stack stack = new Stack(Cell.GRU, 6, 1, false, Connections.PLAIN);
    var architecture =
        new EncoderDecoderArchitecture(
            new Reader(new Tokens(SOURCES, 4, Optional.empty()), stack, false, 4),
            new Writer(stack, VOCABULARY.size(), 4, false),
            Summary.START,
            EncoderDecoderArchitecture.Attending.NONE,
            Dropouts.NONE,
            0);
    float[] parameters = architecture.layout().initialParameters(3);
    for (int x = 0; x < parameters.length; x++) {
      parameters[x] *= 8; // so that sources are told apart
    }
    List<GroupedExample> all = new ArrayList<>();
    for (Example example : examples()) {
      all.add(new GroupedExample(group.applyAsLong(all.size(), example.tokens()[0]), example));
    }
    List<List<GroupedExample>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += partSize) {
      parts.add(new ArrayList<>(all.subList(from, Math.min(all.size(), from + partSize))));
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return DecodingJob.run(
            context,
            context.parallelize(parts, parts.size()),
            new DecodingJob.Writer(architecture, parameters, VOCABULARY, DecodingOptions.beam(2)))
        .stream()
        .map(AboutSource::compared)
        .toList();
  }

  @Test
  void everyExampleHasATextOfItsOwn() {
    List<Compared> written = written(2 * SOURCES, (number, source) -> number);
    assertEquals(2 * SOURCES, written.size());
    assertEquals(List.of("a"), written.get(6).references());
    assertEquals(List.of("b c"), written.get(7).references());
    assertEquals(written.get(6).hypothesis(), written.get(7).hypothesis());
    long different = written.stream().map(Compared::hypothesis).distinct().count();
    assertTrue(different > 2, written.toString());
    assertEquals(written, written(7, (number, source) -> number), "however they are dealt out");
  }

  /** Parts of seven examples cut every other source in two. */
  @Test
  void aSourceOfSeveralExamplesHasOneTextAndSeveralReferences() {
    List<Compared> alone = written(2 * SOURCES, (number, source) -> number);
    List<Compared> together = written(7, (number, source) -> source);
    assertEquals(SOURCES, together.size());
    for (int x = 0; x < SOURCES; x++) {
      assertEquals(List.of("a", "b c"), together.get(x).references());
      assertEquals(alone.get(2 * x).hypothesis(), together.get(x).hypothesis());
    }
  }
}
