package io.unroll.driver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LastLinesTest {
  private final ByteArrayOutputStream through = new ByteArrayOutputStream();
  private final LastLines lines = new LastLines(through);

  private void write(String text) throws IOException {
    lines.write(text.getBytes(UTF_8));
  }

  private static String numbered(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void fewLinesAreKeptAsTheyAre() throws IOException {
    assertEquals("", lines.text());
    write("Größe\nzu ");
    lines.write('g');
    write("roß\n");
    assertEquals("Größe\nzu groß", lines.text());
    assertEquals("Größe\nzu groß\n", through.toString(UTF_8));
  }

  @Test
  void ofManyTheLastTwentyAreKept() throws IOException {
    write(numbered(1, 5000));
    assertEquals(numbered(4981, 5000), lines.text());
    assertEquals(numbered(1, 5000), through.toString(UTF_8));
  }

  @Test
  void aLongLineTakesThePlaceOfThoseBefore() throws IOException {
    write("first\n" + "x".repeat(4000) + "\n" + "y".repeat(200) + "\n");
    assertEquals("y".repeat(200), lines.text());
    write("z".repeat(5000));
    assertEquals("z".repeat(4096), lines.text());
  }
}
