package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CommandTextTest {
  @Test
  void quotesWhatAShellWouldChange() {
    assertEquals("--run=s3a://b/x_1.yaml", CommandText.quoted("--run=s3a://b/x_1.yaml"));
    assertEquals("'local[2]'", CommandText.quoted("local[2]"));
    assertEquals("'it'\\''s $1'", CommandText.quoted("it's $1"));
    assertEquals("$'it\\'s\\n\\\\ \\x1b'", CommandText.quoted("it's\n\\ \u001b"));
    assertEquals("''", CommandText.quoted(""));
  }
}
