package io.unroll.driver.serve;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.dataprep.tokenize.LabelTokenizer;
import io.unroll.dataprep.tokenize.SequenceTokenizer;
import io.unroll.dataprep.tokenize.WordTokenizer;
import io.unroll.driver.model.SmallModel;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.model.Vocabularies;
import io.unroll.worker.format.ModelDescription;
import io.unroll.worker.format.ModelFiles;
import io.unroll.worker.layer.Attention;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.Pooling;
import io.unroll.worker.layer.WordDropout;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.Connections;
import io.unroll.worker.model.Dropouts;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.model.Stack;
import io.unroll.worker.model.Summary;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Untrained models of every kind that is served. */
final class ServedModels {
  private static final Vocabulary WORDS =
      new Vocabulary(
          new WordTokenizer(false, 1, 0), List.of("<unk>", "<eos>", "one", "two", "three"));
  private static final Vocabulary LABELS =
      new Vocabulary(new LabelTokenizer(), List.of("bad", "good"));
  private static final Vocabulary LETTERS =
      new Vocabulary(
          new SequenceTokenizer(new CharTokenizer(1)),
          List.of("<unk>", "<bos>", "<eos>", " ", "k", "l"));
  private static final Dropouts DROPOUT = new Dropouts(0, 0, false, WordDropout.NONE);

  private ServedModels() {}

  /** Predicts text of three characters: line feed, a, b. */
  static TrainedModel language(Path folder) throws IOException {
    return read(SmallModel.write(folder.resolve("language"), SmallModel.parameters()));
  }

  /** Gives one of two labels to a text, or to each of its words. */
  static TrainedModel labeler(Path folder, boolean tags) throws IOException {
    var architecture =
        new LabelerArchitecture(
            new Tokens(WORDS.size(), 3, Optional.empty()),
            new Stack(Cell.LSTM, 4, 1, true, Connections.PLAIN),
            LABELS.size(),
            tags ? List.of() : List.of(Pooling.LAST),
            DROPOUT);
    return write(folder.resolve(tags ? "tagger" : "labeler"), architecture, "labels", LABELS);
  }

  /** Writes letters about words, and attends to them. */
  static TrainedModel writer(Path folder) throws IOException {
    var architecture =
        new EncoderDecoderArchitecture(
            new EncoderDecoderArchitecture.Reader(
                new Tokens(WORDS.size(), 3, Optional.empty()),
                new Stack(Cell.GRU, 4, 1, true, Connections.PLAIN),
                false,
                3),
            new EncoderDecoderArchitecture.Writer(
                new Stack(Cell.GRU, 4, 1, false, Connections.PLAIN), LETTERS.size(), 3, true),
            Summary.START,
            new EncoderDecoderArchitecture.Attending(5, Attention.Options.NONE),
            DROPOUT,
            0);
    return write(folder.resolve("writer"), architecture, "targets", LETTERS);
  }

  private static TrainedModel write(
      Path folder, Architecture architecture, String column, Vocabulary written)
      throws IOException {
    Files.createDirectories(folder);
    String json =
        "{\"format\":\"unroll-vocabularies\",\"version\":1,\"tokens\":%s,\"%s\":%s}"
            .formatted(WORDS.toJson(), column, written.toJson());
    Files.writeString(folder.resolve(Vocabulary.FILE), json);
    var description =
        new ModelDescription(architecture, Vocabularies.fromJson(json).fingerprints());
    try (OutputStream out = Files.newOutputStream(folder.resolve(ModelFiles.DESCRIPTION))) {
      ModelFiles.writeDescription(out, description);
    }
    float[] parameters = architecture.layout().initialParameters(1);
    try (OutputStream out = Files.newOutputStream(folder.resolve(ModelFiles.PARAMETERS))) {
      ModelFiles.writeParameters(out, architecture, parameters);
    }
    return read(folder);
  }

  private static TrainedModel read(Path folder) {
    return TrainedModel.read(folder.toUri().toString(), new Configuration());
  }
}
