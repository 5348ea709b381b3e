package io.unroll.driver.evaluate;

import io.unroll.driver.evaluate.LabelScores.Band;
import io.unroll.worker.data.Example;
import io.unroll.worker.evaluate.Answer;
import io.unroll.worker.evaluate.LabelEvaluator;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.Tally;
import io.unroll.worker.parallel.Cores;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Scores a labeler on a split as one Spark job, part by part in the order of the examples. */
final class LabelEvaluation {
  private static final int VERY_OFTEN = 100;
  private static final int OFTEN = 1_000;

  private LabelEvaluation() {}

  /**
   * Which band a token is of.
   *
   * @param unknown id of the unknown token; negative if there is none
   * @param onceFrom first id of those that training has once
   */
  record Bands(int unknown, int onceFrom) implements Serializable {
    Band of(int token) {
      if (token == unknown) {
        return Band.UNKNOWN;
      } else if (token >= onceFrom) {
        return Band.ONCE;
      } else if (token >= OFTEN) {
        return Band.SELDOM;
      }
      return token >= VERY_OFTEN ? Band.OFTEN : Band.VERY_OFTEN;
    }
  }

  /**
   * Runs the job.
   *
   * @param examples one element per partition
   * @param voters models that answer together, by the mean of their probabilities
   */
  static LabelScores run(
      JavaSparkContext context, JavaRDD<List<Example>> examples, List<Voter> voters, Bands bands) {
    Broadcast<List<Voter>> broadcast = context.broadcast(voters);
    LabelerArchitecture first = voters.get(0).architecture();
    try {
      return examples
          .map(
              part ->
                  EvaluationJob.withCores(
                      cores -> scores(part, answers(part, broadcast.value(), cores), first, bands)))
          .collect()
          .stream()
          .reduce(LabelScores.none(first.labels()), LabelScores::plus);
    } finally {
      broadcast.destroy();
    }
  }

  /** A model that answers, alone or with others. */
  record Voter(LabelerArchitecture architecture, float[] parameters) implements Serializable {}

  private static List<Answer> answers(List<Example> examples, List<Voter> voters, Cores cores) {
    List<List<Answer>> all = new ArrayList<>();
    for (Voter voter : voters) {
      all.add(
          new LabelEvaluator(voter.architecture(), voter.parameters(), cores).answers(examples));
    }
    return IntStream.range(0, examples.size())
        .mapToObj(
            x ->
                Answer.vote(
                    all.stream().map(answers -> answers.get(x)).toList(),
                    examples.get(x).targets()))
        .toList();
  }

  private static LabelScores scores(
      List<Example> examples, List<Answer> answers, LabelerArchitecture architecture, Bands bands) {
    int labels = architecture.labels();
    long[] confusion = new long[labels * labels];
    long[] byBand = new long[2 * Band.values().length];
    int[] byExample = new int[2 * examples.size()];
    Tally tally = Tally.NONE;
    for (int x = 0; x < examples.size(); x++) {
      Example example = examples.get(x);
      Answer answer = answers.get(x);
      tally = tally.plus(Tally.ofAnswers(answer.loss(), answer.targets(), answer.correct()));
      byExample[2 * x] = answer.correct();
      byExample[2 * x + 1] = answer.targets();
      for (int place = 0; place < answer.targets(); place++) {
        int target = example.targets()[place];
        int given = answer.labels()[place];
        confusion[target * labels + given]++;
        if (!architecture.isPooled() && example.tokens().length > 0) {
          int at = LabelScores.place(bands.of(example.tokens()[place]));
          byBand[at] += target == given ? 1 : 0;
          byBand[at + 1]++;
        }
      }
    }
    return new LabelScores(tally, confusion, byExample, byBand);
  }
}
