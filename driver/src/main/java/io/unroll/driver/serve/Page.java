package io.unroll.driver.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A file of the page. */
record Page(String type, byte[] content) implements Endpoint {
  /** Nothing but what comes from this server. */
  static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  static Page of(String name, String type) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new Page(type + "; charset=utf-8", in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name + " of the application jar", e);
    }
  }

  @Override
  public void answer(Call call) throws IOException {
    call.send(200, type, content);
  }
}
