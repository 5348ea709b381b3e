package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of preparation with the files of the others, and with what is no file of any. */
class WrongFilesIT {
  private static final String LABELLED = "lines.tsv";
  private static final String TAGGED = "tagged.conllu";
  private static final String CAPTIONS = "captions.json";
  private static final String ARRAY = "images.idx";

  /** What each file is told to be, where the kind looks at what it is; empty: it may be read. */
  private static final Map<String, Map<String, String>> KINDS =
      Map.of(
          "text --tokenizer char",
          Map.of(ARRAY, "it is full of NUL characters"),
          "coco",
          Map.of(LABELLED, "", TAGGED, "", ARRAY, ""),
          "lines",
          Map.of(
              TAGGED, "it looks like CoNLL-U",
              CAPTIONS, "it looks like JSON",
              ARRAY, "it is full of NUL characters"),
          "lines --format csv",
          Map.of(
              LABELLED, "its first line names no column 'label'",
              TAGGED, "its first line names no column 'label'",
              CAPTIONS, "its first line names no column 'label'"),
          "lines --format jsonl",
          Map.of(LABELLED, "line 1: it is no JSON object", TAGGED, "line 1: it is no JSON object"),
          "lines --format parquet",
          Map.of(
              LABELLED, "it is not a Parquet file",
              ARRAY, "it is not a Parquet file"),
          "pairs",
          Map.of(
              TAGGED, "it looks like CoNLL-U",
              CAPTIONS, "it looks like JSON",
              ARRAY, "it is full of NUL characters"),
          "conllu --tags upos",
          Map.of(
              LABELLED, "line 1: it has 2 columns (expected CoNLL-U",
              CAPTIONS, "line 1: it has 1 column (expected CoNLL-U",
              ARRAY, "it is full of NUL characters"),
          "vectors --labels DIR/images.idx",
          Map.of(
              LABELLED, "it is neither an IDX file nor a .npy file of NumPy",
              TAGGED, "it is neither an IDX file nor a .npy file of NumPy",
              CAPTIONS, "it is neither an IDX file nor a .npy file of NumPy"));

  @TempDir private static Path folder;

  @BeforeAll
  static void makeFiles() throws IOException {
    write(LABELLED, "pos\tgood\nneg\tbad\n");
    write("lines.csv", "label,text\npos,good\nneg,bad\n");
    write(TAGGED, "# sent_id = 1\n1\tdogs\tdog\tNOUN\tNNS\t_\t0\troot\t_\t_\n\n");
    write(
        CAPTIONS,
        "{\"images\": [{\"id\": 1}], \"annotations\": [{\"id\": 1, \"image_id\": 1, \"caption\": \"a\"}]}");
    write(ARRAY, new byte[] {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 1, 7, 9});
    write("binary", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 1, 2, (byte) 0xFF, 3});
    write("empty", new byte[0]);
    Files.createDirectory(folder.resolve("nothing"));
  }

  private static void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  static Stream<Arguments> wrongFiles() {
    return KINDS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(
            kind ->
                Stream.concat(
                    kind.getValue().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(file -> Arguments.of(kind.getKey(), file.getKey(), file.getValue())),
                    Stream.of("binary", "empty", "nothing", "missing")
                        .map(file -> Arguments.of(kind.getKey(), file, ofNoKind(file)))));
  }

  private static String ofNoKind(String file) {
    return switch (file) {
      case "empty" -> "it is empty";
      case "nothing" -> "it has no files";
      case "missing" -> "it does not exist";
      default -> "it is ";
    };
  }

  @ParameterizedTest
  @MethodSource("wrongFiles")
  void aWrongFileIsToldInOneLine(String kind, String file, String reason) {
    String command =
        "prep " + kind + " --master local[1] --quiet --output DIR/out --input DIR/" + file;
    Execution prep = Execution.of(command.replace("DIR", folder.toString()).split(" "));
    assertEquals(1, prep.err().lines().count(), prep::err);
    assertTrue(prep.err().startsWith("Cannot read "), prep::err);
    assertTrue(prep.err().contains(folder.resolve(file).toString()), prep::err);
    assertTrue(prep.err().contains(reason), prep::err);
    assertEquals(3, prep.code(), prep::err);
    assertEquals("", prep.out());
    assertFalse(Files.exists(folder.resolve("out/manifest.json")));
  }
}
