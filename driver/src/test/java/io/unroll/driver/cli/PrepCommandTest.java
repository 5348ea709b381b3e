package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
import io.unroll.dataprep.tokenize.WordTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of vocabularies that do not go together: refused before Spark starts. */
class PrepCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeVocabularies() throws IOException {
    write("chars", new CharTokenizer(1), "a", "b");
    write("words", new WordTokenizer(false, 1, 0), "<unk>", "<eos>", "a", "b");
    write("captions", new CaptionTokenizer(5), "<unk>", "<bos>", "<eos>", "a");
  }

  private void write(String name, Tokenizer tokenizer, String... tokens) throws IOException {
    Files.writeString(folder.resolve(name), new Vocabulary(tokenizer, List.of(tokens)).toJson());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text --tokenizer char --extend | Invalid --extend: there is no --vocabulary to append to"
            + " (give the dataset, model or run that has it)",
        "coco --extend | Invalid --extend: there is no --vocabulary to append to (give the dataset,"
            + " model or run that has it)",
        "text --vocabulary DIR/words --min-count 2 | Invalid --min-count: --vocabulary is taken as"
            + " it is, and no token is chosen (remove --min-count, or append new tokens with"
            + " --extend)",
        "coco --vocabulary DIR/captions --min-count 2 | Invalid --min-count: --vocabulary is taken"
            + " as it is, and no token is chosen (remove --min-count, or append new tokens with"
            + " --extend)",
        "text --vocabulary DIR/words --max-vocabulary 9 | Invalid --max-vocabulary: --vocabulary is"
            + " taken as it is, and no token is chosen (remove --max-vocabulary, or append new"
            + " tokens with --extend)",
        "text --vocabulary DIR/words --extend --max-vocabulary 3 | Invalid max-vocabulary: 3"
            + " (expected 0 for no limit, or at least the 4 tokens that the vocabulary has)",
        "text --vocabulary DIR/chars --extend --max-vocabulary 9 | Invalid max-vocabulary: the char"
            + " tokenizer has no such setting (expected tokenizer word)",
        "text --vocabulary DIR/chars --extend --min-count 0 | Invalid min-count: 0 (expected at"
            + " least 1)",
        "text --vocabulary DIR/words --tokenizer char | Invalid --tokenizer: char (expected word,"
            + " that of the vocabulary of DIR/words; it may be left out)",
        "text --vocabulary DIR/words --lower-case | Invalid --lower-case: the vocabulary of"
            + " DIR/words has letters as they are (remove it, or give another vocabulary)",
        "text --vocabulary DIR/captions | Invalid --vocabulary: that of DIR/captions is of captions"
            + " (tokenizer caption), but --kind is text (expected one of tokenizer char, word or"
            + " bpe)",
        "coco --vocabulary DIR/chars | Invalid --vocabulary: that of DIR/chars is of running text"
            + " (tokenizer char), but --kind is coco (expected one of tokenizer caption)",
        "coco --classes 80 | Missing --vectors (expected it beside --vectors-format, --vector-ids,"
            + " --classes, --as-set and --column)",
        "coco --vectors a | Missing --vectors-format: the name of a does not tell (expected one of"
            + " npy, tsv, classes, bottom-up, mat, parquet)",
        "coco --vectors a --vectors-format hdf5 | Invalid --vectors-format: hdf5 (expected npy,"
            + " tsv, classes, bottom-up, mat, parquet)",
        "coco --vectors a.npy | Invalid vector-ids: none (expected a list of the images of the rows"
            + " with vectors-format npy)",
        "coco --vectors a.tsv.gz --vector-ids b | Invalid vector-ids: [b] (expected none with"
            + " vectors-format tsv)",
        "coco --vectors a.tsv --classes 0 | Invalid classes: 0 (expected their number, 1 to"
            + " 1048576)",
        "coco --vectors a.tsv --as-set | Invalid as-set: true (expected it with vectors-format"
            + " classes only)",
        "coco --vectors a.mat --vector-ids b --classes 3 | Invalid classes: 3 (expected none with"
            + " vectors-format mat)",
        "coco --vectors a.tsv --column values=b | Invalid column: {values=b} (expected it with"
            + " vectors-format parquet only)",
        "coco --vectors a.parquet --column label=b | Invalid column: label (expected image_id,"
            + " values, rows, columns)",
        "text --since ftp://me:secret@host/x --tokenizer char | Invalid --since: ftp://***@host/x"
            + " (expected no password in it; give it in the settings of the file system)"
      })
  void refusesWhatDoesNotGoTogether(String options, String message) {
    Execution prep = prep(options);
    assertEquals(message, prep.err().lines().findFirst().orElse("").replace("" + folder, "DIR"));
    assertEquals(2, prep.code());
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--task chess | Invalid --task: chess (expected one of parity, addition, programs,"
            + " glimpses, frames)",
        "--task parity --input a --labels b | Invalid --input: --task parity has no such option",
        "--task glimpses --input a --labels b --train 9 | Invalid --train: --task glimpses has no"
            + " such option",
        "--task frames --input a --labels b --central | Invalid --central: --task frames has no"
            + " such option",
        "--task frames | Missing --input and --labels (expected the pictures that --task frames is"
            + " made of)",
        "--task frames --input a | Missing --labels (expected the files with the labels of"
            + " --input)",
        "--task frames --input a --labels b --frames 1 | Invalid frames: 1 (expected 2 to 1000)",
        "--task frames --input a --labels b --labels-of x | Invalid labels-of: x (expected"
            + " class-direction, direction or class)",
        "--task glimpses --input a --labels b --valid-last 0 | Invalid valid-last: 0 (expected at"
            + " least 1)"
      })
  void refusesOptionsThatATaskHasNot(String options, String message) {
    Execution prep =
        Execution.of(("prep generate --output " + folder + "/out " + options).split(" "));
    assertEquals(message, prep.err().lines().findFirst().orElse(""));
    assertEquals(2, prep.code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lines --format xml | Invalid --format: xml (expected lines, csv, jsonl, json, parquet, orc"
            + " or table)",
        "lines --column label=a | Invalid --column: label=a (expected it with --format parquet,"
            + " orc, csv, json, table only)",
        "lines --format parquet --column words=a | Invalid --column: words=a (expected label=NAME"
            + " or text=NAME)",
        "lines --format csv --order-by a | Invalid --order-by: csv and json stay in the order of"
            + " their lines (expected it with --format parquet, orc or table)",
        "lines --format orc --separator tab | Invalid --separator: tab (expected none with orc)",
        "lines --format orc --column label=a --column text=a | Invalid --column: {label=a, text=a}"
            + " (expected another column for each of them)",
        "lines --format table --since d | Invalid --since: a table of the catalog has no files to"
            + " compare (remove it, or read the table's files)",
        "conllu | Missing --tags (expected the column with the tags: upos, xpos, another name, or"
            + " its number)",
        "conllu --tags upos --format orc | Invalid --tags: upos (expected none with --format;"
            + " --column tags=NAME chooses the column)",
        "conllu --tags upos --order-by a | Invalid --order-by: a (expected it with --format"
            + " parquet, orc, csv, json, table only)",
        "pairs --valid-target b | Invalid --valid-target or --test-target: there is no"
            + " --input-target (expected targets of all inputs, or of none)",
        "pairs --input-target a --valid-input b | Invalid input: split valid has sources without"
            + " targets (expected files of both, whose lines belong together)",
        "pairs --input-target a --format csv | Invalid --format or --split-by: with --input-target,"
            + " each line is a text (expected none of them)",
        "pairs --input-target a --column source=b | Invalid --column: source=b (expected it with"
            + " --format parquet, orc, csv, json, table only)",
        "pairs --input-target a --separator tab | Invalid --separator: tab (expected none with"
            + " --input-target)",
        "pairs --format csv --column text=b | Invalid --column: text=b (expected source=NAME or"
            + " target=NAME)",
        "pairs --split-by a | Invalid split-by: lines have a source and a target, and no other"
            + " column (expected it with format csv or jsonl)",
        "pairs --vocabulary 8000 | Invalid --vocabulary: 8000 (expected a number of subwords beside"
            + " --tokenizer bpe: pairs have vocabularies of their own)",
        "pairs --extend | Invalid --extend: there is no --vocabulary to append to (give the dataset,"
            + " model or run that has it)",
        "pairs --longest 0 | Invalid --longest: 0 (expected at least 1)",
        "pairs --length-ratio 0.5 | Invalid --length-ratio: 0.5 (expected at least 1)",
        "vectors | Missing --labels (expected the files with the labels of --input)",
        "vectors --format orc --labels a | Invalid --labels: tables have their labels in a column"
            + " (expected none with --format; --column label=NAME chooses the column)",
        "vectors --labels a --valid-input b | Invalid labels: 0 for 1 of split valid (expected a"
            + " file of labels for each file of vectors)",
        "vectors --labels a --valid-labels b | Invalid labels: there are some of a split without"
            + " vectors (expected a file of labels for each file of vectors)"
      })
  void refusesOptionsOfInputsThatAreOthers(String options, String message) {
    Execution prep = prep(options);
    assertEquals(message, prep.err().lines().findFirst().orElse(""));
    assertEquals(2, prep.code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prep --input a --output b --kind text --fractions 1 --tokenizer char | Invalid"
            + " --fractions: 1 numbers (expected train,valid or train,valid,test)",
        "prep --input a --fractions 1 --output b --tokenizer char --kind=text | Invalid"
            + " --fractions: 1 numbers (expected train,valid or train,valid,test)",
        "prep --kind conllu --input a --output b --block-length 3 | Invalid --block-length: --kind"
            + " conllu has no such option",
        "prep --kind=coco --input a --output b --skip-bad | Invalid --skip-bad: --kind coco has no"
            + " such option",
        "prep | Missing command: prep text, prep coco, prep lines, prep conllu, prep pairs, prep"
            + " vectors, prep generate"
      })
  void aKindIsTheCommandOfItsNameWhereverItStands(String command, String message) {
    Execution prep = Execution.of(command.split(" "));
    assertEquals(message, prep.err().lines().findFirst().orElse(""));
    assertEquals(2, prep.code());
  }

  @Test
  void aVocabularyThatIsNotThereIsBadData() {
    Execution prep = prep("text --vocabulary DIR/none");
    assertEquals(
        "Cannot use the vocabulary of file:DIR/none: it does not exist (expected a dataset, a"
            + " model, a run with a best model, a registry, or a vocabulary.json)\n",
        prep.err().replace("file:///", "file:/").replace("" + folder, "DIR"));
    assertEquals(3, prep.code());
  }

  private Execution prep(String options) {
    return Execution.of(
        ("prep --input DIR/in.txt --output DIR/out --kind " + options)
            .replace("DIR", folder.toString())
            .split(" "));
  }
}
