package io.unroll.driver.evaluate;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.driver.data.GroupedExample;
import io.unroll.driver.predict.TargetText;
import io.unroll.driver.predict.WrittenTokens;
import io.unroll.worker.data.Example;
import io.unroll.worker.decode.DecodingOptions;
import io.unroll.worker.decode.TextDecoder;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.parallel.Cores;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Has an encoder-decoder write about the sources of a split, as one Spark job. What is written
 * about a source depends on nothing else, and the texts come in the order of the examples, so they
 * are the same on any cluster.
 */
final class DecodingJob {
  private DecodingJob() {}

  /**
   * A model that writes.
   *
   * @param vocabulary of what it writes, and of the targets of the examples
   */
  record Writer(
      EncoderDecoderArchitecture architecture,
      float[] parameters,
      Vocabulary vocabulary,
      DecodingOptions options)
      implements Serializable {
    private List<String> texts(List<Example> sources, Cores cores) {
      var decoder =
          new TextDecoder(architecture, parameters, WrittenTokens.of(vocabulary), options, cores);
      return decoder.write(sources).stream()
          .map(found -> vocabulary.decode(found.get(0).tokens()))
          .toList();
    }
  }

  /**
   * Runs the job.
   *
   * @param examples one element per partition
   * @param examples one element per partition; those of a group come one after the other
   * @return a text for each source, beside the targets of its examples
   */
  static List<AboutSource> run(
      JavaSparkContext context, JavaRDD<List<GroupedExample>> examples, Writer writer) {
    Broadcast<Writer> broadcast = context.broadcast(writer);
    try {
      List<List<AboutSource>> parts =
          examples.map(part -> written(part, broadcast.value())).collect();
      return AboutSource.merged(parts);
    } finally {
      broadcast.destroy();
    }
  }

  private static List<AboutSource> written(List<GroupedExample> examples, Writer writer) {
    int count = examples.size();
    IntPredicate begins = x -> x == 0 || examples.get(x).group() != examples.get(x - 1).group();
    List<Example> sources =
        IntStream.range(0, count).filter(begins).mapToObj(x -> examples.get(x).example()).toList();
    List<String> texts = EvaluationJob.withCores(cores -> writer.texts(sources, cores));
    List<AboutSource> about = new ArrayList<>(count);
    int source = -1;
    for (int x = 0; x < count; x++) {
      source += begins.test(x) ? 1 : 0;
      GroupedExample one = examples.get(x);
      String right = TargetText.of(one.example(), writer.vocabulary());
      about.add(new AboutSource(one.group(), texts.get(source), List.of(right)));
    }
    return about;
  }
}
