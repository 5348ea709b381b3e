package io.unroll.driver.model;

import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.SplitContent;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.driver.config.ModelSettings;
import io.unroll.driver.config.PairModelSettings;
import io.unroll.driver.config.TrainingSettings;
import io.unroll.driver.report.TokenUnit;
import io.unroll.driver.report.ValidationMetrics;
import io.unroll.driver.run.Score;
import io.unroll.worker.layer.WordDropout;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.Column;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.EncoderDecoderArchitecture.Reader;
import io.unroll.worker.model.EncoderDecoderArchitecture.Writer;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.LabelerArchitecture.Characters;
import io.unroll.worker.model.LabelerArchitecture.Numbers;
import io.unroll.worker.model.LabelerArchitecture.Source;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.Tally;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a dataset asks of a model: to predict the next token of a text, to give labels to examples,
 * or to write texts about them. It is read off the manifest, so that no setting can contradict the
 * data.
 *
 * @param examples what the examples are; empty for text
 * @param answers whether some of each text is given, so that what follows answers it
 * @param longest steps of the longest training example, or of the text about one; 0 for text
 */
public record Task(
    Optional<ExampleShape> examples, boolean answers, Vocabularies vocabularies, int longest) {
  /** The task of a dataset. */
  public static Task of(DatasetDirectory dataset) {
    SplitContent train = dataset.manifest().splits().get(Split.TRAIN);
    return new Task(
        dataset.manifest().examples(),
        train != null && train.given() > 0,
        Vocabularies.of(dataset),
        train == null ? 0 : Math.max(train.longest(), train.longestTarget()));
  }

  /** Whether labels are predicted. */
  public boolean isLabelling() {
    return examples.filter(shape -> shape.target() != ExampleShape.Target.TEXT).isPresent();
  }

  /** Whether texts are written about what is read. */
  public boolean isWriting() {
    return examples.filter(shape -> shape.target() == ExampleShape.Target.TEXT).isPresent();
  }

  /** Whether every step gets a label. */
  private static boolean isTagging(ExampleShape shape) {
    return shape.target() == ExampleShape.Target.TAGS;
  }

  /**
   * The shape of the model that the settings describe.
   *
   * @throws IllegalArgumentException if they contradict each other
   */
  public Architecture architecture(ModelSettings model) {
    if (examples.isEmpty()) {
      return model.architecture(vocabularies.tokens().size());
    }
    ExampleShape shape = examples.get();
    if (isWriting()) {
      return encoderDecoder(shape, model);
    }
    return new LabelerArchitecture(
        source(shape, model),
        model.stack(),
        vocabularies.labels().size(),
        isTagging(shape) ? List.of() : model.pooling(),
        model.dropout().with(words(shape, model)));
  }

  private EncoderDecoderArchitecture encoderDecoder(ExampleShape shape, ModelSettings model) {
    PairModelSettings pairs = model.pairs();
    return new EncoderDecoderArchitecture(
        new Reader(source(shape, model), model.encoder(), pairs.reverseSource(), model.embedding()),
        new Writer(model.decoder(), predicted().size(), model.embedding(), model.tieWeights()),
        pairs.condition(),
        pairs.attending(),
        model.dropout(),
        pairs.labelSmoothing());
  }

  private Source source(ExampleShape shape, ModelSettings model) {
    if (shape.source() == ExampleShape.Source.VECTORS) {
      return new Numbers(shape.vectorSize());
    }
    Optional<Characters> characters =
        vocabularies
            .find(Column.CHARACTERS)
            .filter(vocabulary -> model.characterHidden() > 0)
            .map(
                vocabulary ->
                    new Characters(
                        vocabulary.size(), model.characterEmbedding(), model.characterHidden()));
    return new Tokens(vocabularies.tokens().size(), model.embedding(), characters);
  }

  private WordDropout words(ExampleShape shape, ModelSettings model) {
    int unknown =
        vocabularies.find(Column.TOKENS).map(tokens -> tokens.unknown().orElse(-1)).orElse(-1);
    WordDropout shares = model.dropout().words();
    return new WordDropout(shares.word(), shares.rare(), shape.rareFrom(), unknown);
  }

  /** Time steps of a window: of text as the settings say, of examples the whole of the longest. */
  public int window(TrainingSettings training) {
    return examples.isPresent() ? longest : training.window();
  }

  /** How good a model is that was measured. */
  public Score score(Tally measured) {
    return isLabelling() || answers
        ? new Score(measured.meanLoss(), OptionalDouble.of(measured.accuracy()))
        : Score.ofLoss(measured.meanLoss());
  }

  /** What is told of a validation besides the loss, by name. */
  public Map<String, Double> scores(Tally measured) {
    if (answers) {
      return Map.of(
          ValidationMetrics.ACCURACY, measured.accuracy(),
          ValidationMetrics.EXACT, measured.exactShare());
    }
    return isLabelling() ? Map.of(ValidationMetrics.ACCURACY, measured.accuracy()) : Map.of();
  }

  /** The task of a model. */
  public static Task of(TrainedModel model) {
    if (model.architecture() instanceof LanguageArchitecture) {
      return new Task(Optional.empty(), false, model.vocabularies(), 0);
    }
    if (model.architecture() instanceof EncoderDecoderArchitecture writes) {
      return new Task(Optional.of(shape(writes)), false, model.vocabularies(), 1);
    }
    LabelerArchitecture labeler = model.labeler();
    ExampleShape.Target target =
        labeler.isPooled() ? ExampleShape.Target.LABEL : ExampleShape.Target.TAGS;
    ExampleShape shape =
        labeler.source() instanceof Tokens tokens
            ? ExampleShape.ofTokens(target, tokens.characters().isPresent(), tokens.vocabulary())
            : ExampleShape.ofVectors(labeler.vectorSize(), target);
    return new Task(Optional.of(shape), false, model.vocabularies(), 1);
  }

  private static ExampleShape shape(EncoderDecoderArchitecture model) {
    return model.reader().source() instanceof Tokens tokens
        ? ExampleShape.ofTokens(ExampleShape.Target.TEXT, false, tokens.vocabulary())
        : ExampleShape.ofVectors(model.vectorSize(), ExampleShape.Target.TEXT);
  }

  /** What a run's lines count and measure. */
  public TokenUnit unit() {
    return isLabelling() ? TokenUnit.LABEL : TokenUnit.of(predicted().tokenizer().kind());
  }

  /** What is read and predicted, in words. */
  public String description() {
    if (examples.isEmpty()) {
      return String.format(Locale.ROOT, "vocabulary of %,d", predicted().size());
    }
    ExampleShape shape = examples.orElseThrow();
    String read =
        shape.source() == ExampleShape.Source.VECTORS
            ? String.format(Locale.ROOT, "vectors of %d numbers", shape.vectorSize())
            : String.format(Locale.ROOT, "vocabulary of %,d", vocabularies.tokens().size());
    return isWriting()
        ? String.format(Locale.ROOT, "%s, texts of a vocabulary of %,d", read, predicted().size())
        : String.format(
            Locale.ROOT,
            "%s, %,d %s",
            read,
            predicted().size(),
            isTagging(shape) ? "tags" : "labels");
  }

  /** What is predicted. */
  public Vocabulary predicted() {
    return vocabularies.predicted();
  }
}
