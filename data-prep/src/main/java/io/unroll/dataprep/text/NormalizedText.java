package io.unroll.dataprep.text;

import io.unroll.dataprep.tokenize.CodePoints;
import java.io.IOException;
import java.text.Normalizer;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/** A text in one of Unicode's normalization forms, made a stretch at a time. */
final class NormalizedText implements CodePoints {
  private final Stretches stretches;
  private final Normalizer.Form form;
  private PrimitiveIterator.OfInt normalized = IntStream.empty().iterator();

  NormalizedText(CodePoints text, Normalizer.Form form) {
    this.stretches = new Stretches(text);
    this.form = form;
  }

  @Override
  public int next() throws IOException {
    while (!normalized.hasNext()) {
      String stretch = stretches.next();
      if (stretch.isEmpty()) {
        return END;
      }
      normalized = Normalizer.normalize(stretch, form).codePoints().iterator();
    }
    return normalized.nextInt();
  }
}
