package io.unroll.driver.evaluate;

import io.unroll.worker.data.Example;
import io.unroll.worker.evaluate.PairEvaluator;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.Tally;
import io.unroll.worker.parallel.Cores;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Ranks the texts of a split, or their sources, as one Spark job. */
final class RankingJob {
  /** Pairs that are measured together, about. */
  private static final int TOGETHER = 1024;

  private RankingJob() {}

  /** A model, and what it is asked about. */
  record Question(
      EncoderDecoderArchitecture architecture, float[] parameters, Candidates candidates)
      implements Serializable {
    /** The ranks of some texts, from 1. */
    private List<Integer> ranks(List<Integer> texts) {
      return EvaluationJob.withCores(cores -> ranks(texts, cores));
    }

    private List<Integer> ranks(List<Integer> texts, Cores cores) {
      var evaluator = new PairEvaluator(architecture, parameters, cores);
      List<Integer> ranks = new ArrayList<>();
      List<List<Example>> asked = new ArrayList<>();
      int pairs = 0;
      for (int text : texts) {
        asked.add(candidates.of(text));
        pairs += asked.get(asked.size() - 1).size();
        if (pairs >= TOGETHER) {
          ranks.addAll(ranks(evaluator, asked));
          asked.clear();
          pairs = 0;
        }
      }
      ranks.addAll(ranks(evaluator, asked));
      return ranks;
    }

    private static List<Integer> ranks(PairEvaluator evaluator, List<List<Example>> asked) {
      List<Tally> losses = evaluator.losses(asked.stream().flatMap(List::stream).toList());
      List<Integer> ranks = new ArrayList<>();
      int from = 0;
      for (List<Example> candidates : asked) {
        ranks.add(rank(losses.subList(from, from + candidates.size())));
        from += candidates.size();
      }
      return ranks;
    }

    /** Place of the first: what is as likely as it comes before it. */
    private static int rank(List<Tally> losses) {
      double right = losses.get(0).loss();
      return 1 + (int) losses.stream().skip(1).filter(wrong -> wrong.loss() <= right).count();
    }
  }

  /**
   * Runs the job.
   *
   * @param tasks among which the texts are divided
   * @return the rank of each text's right pair, from 1, in the order of the examples
   */
  static List<Integer> run(JavaSparkContext context, Question question, int tasks) {
    Broadcast<Question> broadcast = context.broadcast(question);
    try {
      List<Integer> texts = IntStream.range(0, question.candidates().texts()).boxed().toList();
      return context
          .parallelize(texts, tasks)
          .glom()
          .map(part -> broadcast.value().ranks(part))
          .collect()
          .stream()
          .flatMap(List::stream)
          .toList();
    } finally {
      broadcast.destroy();
    }
  }
}
