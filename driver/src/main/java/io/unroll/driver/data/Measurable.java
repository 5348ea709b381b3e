package io.unroll.driver.data;

import io.unroll.worker.data.Example;
import io.unroll.worker.evaluate.Answer;
import io.unroll.worker.evaluate.AnswerEvaluator;
import io.unroll.worker.evaluate.Evaluator;
import io.unroll.worker.evaluate.LabelEvaluator;
import io.unroll.worker.evaluate.PairEvaluator;
import io.unroll.worker.evaluate.Segment;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.model.Tally;
import io.unroll.worker.parallel.Cores;
import java.io.Serializable;
import java.util.List;

/** What one task of an evaluation measures a model on. */
public sealed interface Measurable extends Serializable {
  /**
   * Measures a model; what is measured is added in its order.
   *
   * @param architecture of the kind that reads such data
   */
  Tally measure(Architecture architecture, float[] parameters, Cores cores);

  /** Segments of text, for a language model. */
  record Text(List<Segment> segments) implements Measurable {
    /** Time steps and segments that are read at a time; without influence on the result. */
    private static final int WINDOW = 64;

    private static final int BATCH = 32;

    @Override
    public Tally measure(Architecture architecture, float[] parameters, Cores cores) {
      return measure(List.of(model(architecture, parameters, cores)));
    }

    private static LanguageModel model(Architecture architecture, float[] parameters, Cores cores) {
      LanguageModel model = ((LanguageArchitecture) architecture).model(WINDOW, BATCH, cores);
      model.use(parameters);
      return model;
    }

    private Tally measure(List<LanguageModel> models) {
      return new Evaluator(models, WINDOW, BATCH)
          .losses(segments).stream().reduce(Tally.NONE, Tally::plus);
    }

    /** Measures models that predict together, by the mean of their probabilities. */
    public Tally measure(List<Voter> voters, Cores cores) {
      return measure(
          voters.stream()
              .map(voter -> model(voter.architecture(), voter.parameters(), cores))
              .toList());
    }
  }

  /** A language model that predicts together with others. */
  record Voter(LanguageArchitecture architecture, float[] parameters) implements Serializable {}

  /** Sequences of which some is given, for a language model that is to answer. */
  record Answers(List<Segment> sequences) implements Measurable {
    @Override
    public Tally measure(Architecture architecture, float[] parameters, Cores cores) {
      return new AnswerEvaluator((LanguageArchitecture) architecture, parameters, cores)
          .tallies(sequences).stream().reduce(Tally.NONE, Tally::plus);
    }
  }

  /** Examples with texts, for an encoder-decoder. */
  record Pairs(List<Example> examples) implements Measurable {
    @Override
    public Tally measure(Architecture architecture, float[] parameters, Cores cores) {
      return new PairEvaluator((EncoderDecoderArchitecture) architecture, parameters, cores)
          .losses(examples).stream().reduce(Tally.NONE, Tally::plus);
    }
  }

  /** Examples, for a labeler. */
  record Labelled(List<Example> examples) implements Measurable {
    @Override
    public Tally measure(Architecture architecture, float[] parameters, Cores cores) {
      return answers((LabelerArchitecture) architecture, parameters, cores).stream()
          .map(answer -> Tally.ofAnswers(answer.loss(), answer.targets(), answer.correct()))
          .reduce(Tally.NONE, Tally::plus);
    }

    /** What a labeler says of each of them. */
    public List<Answer> answers(LabelerArchitecture architecture, float[] parameters, Cores cores) {
      return new LabelEvaluator(architecture, parameters, cores).answers(examples);
    }
  }
}
