package io.unroll.dataprep.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.source.Inputs;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
import io.unroll.dataprep.tokenize.WordTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However files are cut, the tokens are the same. */
class ChunkTextTest {
  private static final Configuration HADOOP = new Configuration(false);

  @TempDir private Path folder;
  private Normalization normalization = Normalization.NONE;

  private List<String> tokens(Tokenizer tokenizer, long partBytes, String... names) {
    List<String> paths = new ArrayList<>();
    for (String name : names) {
      paths.add(folder.resolve(name).toString());
    }
    List<String> tokens = new ArrayList<>();
    for (Part part : Part.of(new Inputs(HADOOP).files(paths), partBytes, normalization)) {
      try (var stream = new PartTokens(part, tokenizer, HADOOP)) {
        for (String token = stream.next(); token != null; token = stream.next()) {
          tokens.add(token);
        }
      }
    }
    return tokens;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to be or not\nto be\n",
        "no line end",
        "ends with a blank ",
        "\n\n \n",
        " ",
        "one",
        "caf\u00e9 \u4e2d\u6587 \ud83d\ude00\ud83d\ude00 x\r\ny\tz\n",
        "\ufeffmarked text",
        "\ufeff"
      })
  void cutsMakeNoDifference(String text) throws IOException {
    Files.writeString(folder.resolve("a.txt"), text);
    Files.writeString(folder.resolve("b.txt"), "second file");
    String unmarked = text.startsWith("\ufeff") ? text.substring(1) : text;
    for (long partBytes = 1; partBytes < 40; partBytes++) {
      assertEquals(
          unmarked + "second file",
          String.join("", tokens(new CharTokenizer(1), partBytes, "a.txt", "b.txt")));
      assertEquals(words(unmarked), tokens(new WordTokenizer(false, 1, 0), partBytes, "a.txt"));
    }
  }

  /** As Python would: {@code for line in file: line.split() + ["<eos>"]}. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    text.lines()
        .forEach(
            line -> {
              var scanner = new Scanner(line);
              scanner.forEachRemaining(words::add);
              words.add("<eos>");
            });
    return words;
  }

  @ParameterizedTest
  @EnumSource(names = {"NFC", "NFKC"})
  void normalizedTextIsTheSameHoweverItIsCut(Normalization.Form form) throws IOException {
    normalization = new Normalization(Normalization.LineEnds.LF, form);
    String text =
        "e\u0301t\u00e9\r\n\u1112\u1161\u11ab \u0308x\r\ufb01\r\r\n\uff76\uff9e end"
            + "q\u0307\u0323".repeat(2000)
            + "\r";
    Files.writeString(folder.resolve("a.txt"), text);
    String expected =
        Normalizer.normalize(text.replaceAll("\r\n?", "\n"), Normalizer.Form.valueOf(form.name()));
    for (long partBytes = 1; partBytes < 50; partBytes++) {
      assertEquals(expected, String.join("", tokens(new CharTokenizer(1), partBytes, "a.txt")));
    }
  }

  @Test
  void malformedBytesAreRefusedHoweverTheFileIsCut() throws IOException {
    byte[] bytes = {
      'a', (byte) 0xC3, (byte) 0xA9, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 'b'
    };
    Files.write(folder.resolve("bad.txt"), bytes);
    for (long partBytes = 1; partBytes < 10; partBytes++) {
      long cut = partBytes;
      var e = assertThrows(DataException.class, () -> tokens(new CharTokenizer(1), cut, "bad.txt"));
      assertEquals(true, e.getMessage().contains("not UTF-8 at byte offset"), e.getMessage());
    }
  }
}
