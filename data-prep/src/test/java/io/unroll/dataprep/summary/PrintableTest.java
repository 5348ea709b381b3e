package io.unroll.dataprep.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void leavesWhatIsPlain() {
    for (String plain : new String[] {"", "a b", "Größe 模型 👩‍💻", "C:\\x"}) {
      assertEquals(plain, Printable.line(plain));
      assertEquals(plain, Printable.text(plain));
    }
  }

  @Test
  void showsWhatATerminalWouldObeyByItsNumber() {
    assertEquals(
        "\\x1b[2J\\x07\\x7f\\x9b\\x00", Printable.text("\u001b[2J\u0007\u007f\u009b\u0000"));
    assertEquals("a\\u202eb\\u2066c\\u200f", Printable.text("a\u202eb\u2066c\u200f"));
    assertEquals("a\\u2028b\\x85", Printable.line("a\u2028b\u0085"));
  }

  @Test
  void escapesInJsonWhatATerminalWouldObey() {
    assertEquals(
        "{\"a\":\"\\n \\u009b\\u202e Größe\"}",
        Printable.json("{\"a\":\"\\n \u009b\u202e Größe\"}"));
  }

  @Test
  void keepsTheLayoutOfATextButNotOfALine() {
    assertEquals("a\n\tb\\r", Printable.text("a\n\tb\r"));
    assertEquals("a\\n\\tb\\r", Printable.line("a\n\tb\r"));
  }
}
