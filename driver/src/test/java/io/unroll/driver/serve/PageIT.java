package io.unroll.driver.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.unroll.driver.model.TrainedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page, in Chromium, as a person uses it. */
class PageIT {
  private static final String TEXT = "document.getElementById('text').innerText";

  // The browser may write a last file to its profile while it ends.
  @TempDir(cleanup = CleanupMode.NEVER)
  private static Path folder;

  /** What a person does. */
  private interface Use {
    void of(Browser browser) throws Exception;
  }

  private void use(TrainedModel model, String picture, Use use) throws Exception {
    Optional<Path> program = Browser.installed();
    assumeTrue(program.isPresent(), "There is no Chromium here");
    try (Served server = new Served(model);
        Browser browser =
            new Browser(program.get(), Files.createTempDirectory(folder, "browser"))) {
      browser.open(server.url("/"));
      browser.until("document.body && document.body.dataset.ready");
      use.of(browser);
      assertEquals(List.of(), browser.complaints());
      Path shots = Files.createDirectories(Path.of("target", "screenshots"));
      Files.write(shots.resolve(picture + ".png"), browser.picture());
    }
  }

  private static void done(Browser browser, int times) throws Exception {
    browser.until("document.body.dataset.done === '" + times + "'");
  }

  @Test
  void aLanguageModelWritesAndShadesWhatIsTyped() throws Exception {
    use(
        ServedModels.language(folder),
        "language",
        browser -> {
          assertEquals("small", browser.value("document.querySelector('h1').innerText").asText());
          browser.type("abba");
          browser.click("#run");
          done(browser, 1);
          String text = browser.value("document.getElementById('text').textContent").asText();
          assertTrue(text.startsWith("abba"), text);
          assertEquals(304, text.length());
          int shaded =
              browser.value("document.querySelectorAll('#text span[title]').length").asInt();
          assertEquals(300, shaded);
          assertTrue(
              browser
                  .value("document.getElementById('facts').innerText")
                  .asText()
                  .startsWith("300 tokens, "));
          browser.click("#score");
          done(browser, 2);
          assertEquals(5, browser.value("document.querySelectorAll('#text span').length").asInt());
          // The last number is that of the text.
          assertTrue(
              browser
                  .value("document.getElementById('facts').innerText")
                  .asText()
                  .contains("perplexity"));
          browser.value("document.getElementById('input').value = 'x'");
          browser.click("#run");
          done(browser, 3);
          String error = browser.value("document.getElementById('error').innerText").asText();
          assertTrue(error.contains("the vocabulary lacks it"), error);
          browser.value("document.getElementById('input').value = 'ab'");
          browser.click("#run");
          done(browser, 4);
        });
  }

  @Test
  void markupInWhatIsTypedStaysText() throws Exception {
    use(
        ServedModels.labeler(folder, true),
        "tags",
        browser -> {
          browser.type("one <img src=x onerror=alert(1)> two");
          browser.click("#run");
          done(browser, 1);
          assertEquals(0, browser.value("document.querySelectorAll('#text img').length").asInt());
          assertTrue(browser.value(TEXT).asText().contains("<img"));
          assertEquals(5, browser.value("document.querySelectorAll('#text .tag').length").asInt());
        });
  }

  @Test
  void alignmentIsDrawn() throws Exception {
    use(
        ServedModels.writer(folder),
        "alignment",
        browser -> {
          browser.type("one two three");
          browser.click("#run");
          done(browser, 1);
          int written =
              browser
                  .value("document.querySelectorAll('#picture text[text-anchor]').length")
                  .asInt();
          assertTrue(written > 0);
          assertEquals(
              3 * written,
              browser.value("document.querySelectorAll('#picture rect').length").asInt());
        });
  }
}
