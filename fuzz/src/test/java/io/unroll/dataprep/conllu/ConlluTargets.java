package io.unroll.dataprep.conllu;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.source.TextLines;
import io.unroll.fuzz.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** The parser of tagged sentences. Unroll writes none. */
public final class ConlluTargets {
  private ConlluTargets() {}

  public static List<Target> all() {
    return List.of(Target.of("conllu", ConlluTargets::sentences, DataException.class));
  }

  private static Target.Check sentences(byte[] file) throws IOException {
    var lines = new TextLines(new ByteArrayInputStream(file), Target.FILE);
    try (var sentences = new Sentences(lines, Target.FILE)) {
      List<Sentences.Word> words = sentences.next();
      while (!words.isEmpty()) {
        words = sentences.next();
      }
    }
    return Target.Check.NONE;
  }
}
