package io.unroll.driver.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Keeps the tables of docs/configuration.md equal to {@link Settings}. Run with {@code
 * -Dunroll.write-docs=true} to write them.
 */
class ConfigurationDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
  private static final String BEGIN = "<!-- settings: written from the table in the code -->\n";
  private static final String END = "<!-- end of settings -->\n";

  @Test
  void documentHasTheSettingsOfTheCode() throws IOException {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf(BEGIN) + BEGIN.length();
    int end = document.indexOf(END);
    if (Boolean.getBoolean("unroll.write-docs")) {
      Files.writeString(
          DOCUMENT, document.substring(0, begin) + tables() + document.substring(end));
    } else {
      assertEquals(
          tables(),
          document.substring(begin, end),
          "docs/configuration.md is behind the code: run this test with -Dunroll.write-docs=true");
    }
  }

  private static String tables() {
    StringBuilder tables = new StringBuilder();
    String section = null;
    for (Setting<?> setting : Settings.all()) {
      if (!setting.section().equals(section)) {
        section = setting.section();
        tables.append("\n### ").append(section.isEmpty() ? "Places" : "`" + section + "`");
        tables.append("\n\n| key | default | value | meaning | applies |\n|---|---|---|---|---|\n");
      }
      String value = setting.defaultText().map(text -> "`" + text + "`").orElse("must be given");
      tables.append(
          "| `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  setting.key(),
                  value.equals("``") ? "empty" : value,
                  setting.expected(),
                  setting.description(),
                  setting.isConditional() ? setting.condition().text() : "always"));
    }
    return tables.append('\n').toString();
  }
}
