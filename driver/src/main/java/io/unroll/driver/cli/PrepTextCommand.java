package io.unroll.driver.cli;

import io.unroll.dataprep.counting.VocabularyChoice;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.text.Normalization;
import io.unroll.dataprep.text.Normalization.Form;
import io.unroll.dataprep.text.Normalization.LineEnds;
import io.unroll.dataprep.text.TextOptions;
import io.unroll.dataprep.text.TextPreparation;
import io.unroll.dataprep.tokenize.SequenceTokenizer;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Running text to dataset. */
@Command(
    name = "text",
    description = "Turns running text, or texts of their own, into a dataset.",
    sortOptions = false,
    footer = {
      "",
      "Inputs are files, folders or globs, as paths or Hadoop URIs; what is packed with gzip, bzip2,",
      "xz or Zstandard is unpacked. A name that is there is taken as it is, also if it looks like a",
      "glob.",
      "See docs/formats/dataset.md."
    })
final class PrepTextCommand extends PrepFilesCommand {
  @Mixin private PrepInputs inputs;

  @Mixin private TextVocabularyOptions vocabularyOptions;

  @Option(
      names = "--line-ends",
      paramLabel = "NAME",
      description = "as-is, or lf: carriage returns become line feeds (default: ${DEFAULT-VALUE})")
  private String lineEnds = "as-is";

  @Option(
      names = "--normalize",
      paramLabel = "NAME",
      description =
          "none, or Unicode's form nfc (letters with their accents) or nfkc (ligatures and"
              + " full-width letters too) (default: ${DEFAULT-VALUE})")
  private String normalize = "none";

  @Mixin private FractionsOption fractions;

  @Mixin private DocumentOptions documents;

  @Option(
      names = "--block-length",
      paramLabel = "N",
      description = "tokens in a row of the dataset (default: 65536; at least 2)")
  private Integer blockLength;

  @Override
  Function<SparkSession, PreparationSummary> preparation() {
    VocabularyChoice vocabulary = vocabularyOptions.ofText();
    if (documents.asked()) {
      requireAsWritten();
      return documents.preparation(target(), inputs.uris(), fractions.shares(), vocabulary);
    }
    documents.requireNone();
    if (vocabulary.tokenizer() instanceof SequenceTokenizer) {
      throw new IllegalArgumentException(
          "Invalid --vocabulary: it is that of texts with begin and end (expected it with --documents)");
    }
    TextOptions options =
        new TextOptions(
            inputs.train(),
            inputs.valid(),
            inputs.test(),
            target(),
            vocabulary,
            fractions.shares(),
            blockLength == null ? TextOptions.DEFAULT_BLOCK_LENGTH : blockLength,
            new Normalization(lineEnds(), form()));
    return spark -> new TextPreparation(spark, options).run();
  }

  /** What only running text has. */
  private void requireAsWritten() {
    if (blockLength != null || !lineEnds.equals("as-is") || !normalize.equals("none")) {
      throw new IllegalArgumentException(
          "Invalid --block-length, --line-ends or --normalize: documents are read as they are written (expected none of them with --documents)");
    }
  }

  private LineEnds lineEnds() {
    return switch (lineEnds) {
      case "as-is" -> LineEnds.AS_IS;
      case "lf" -> LineEnds.LF;
      default -> throw invalid("--line-ends", lineEnds, "as-is or lf");
    };
  }

  private Form form() {
    return switch (normalize) {
      case "none" -> Form.AS_IS;
      case "nfc" -> Form.NFC;
      case "nfkc" -> Form.NFKC;
      default -> throw invalid("--normalize", normalize, "none, nfc or nfkc");
    };
  }
}
