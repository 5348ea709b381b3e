package io.unroll.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The final parameters of tiny runs, as SHA-256 of their files: a change of any bit of what is
 * trained is noticed, whatever part of the engine it comes from. Whoever changes bits on purpose
 * replaces the hashes and says in the changelog that runs do not go on across the change.
 */
class GoldenRunsIT extends RunsOnSpark {
  private static Path captions;

  @BeforeAll
  static void captions() throws IOException {
    captions = prepareCaptions();
  }

  @ParameterizedTest
  @CsvSource({
    "lstm, 1, text, sgd, 0.1, false, 394cd4a6af75c81b782eed908a9aaf7dfe052ee337b8c28aea92f40b12156349",
    "lstm, 2, text, adam, 0.0, true, 9ad00460325ade10fa03c9bac2bafae989e5c6abb2eb51ee73d4e85e18b41261",
    "gru, 1, text, adam, 0.0, false, ae6539c117461209c767b9a8a97fb4e6f5fb2dfd6fe85643b24aab77aec85ffc",
    "gru, 2, captions, sgd, 0.1, false, 5843cde63df5d5d082abe812dcfc3c955491ea64c1a95f49ab2380acf38a739a",
    "gru-reset-after, 1, captions, adam, 0.1, true, 8d08cc651bb6b3a037eb000b8ba89e30b6c439fd9d72ff3643196163015cead4",
    "gru-reset-after, 2, text, sgd, 0.0, false, c494c759b1dce9a6f1550a128f6a56d7b6712e2c1dcc6451dc5f8a09e5083ee1",
    "rnn, 1, text, adam, 0.1, true, d5a680e52eb53604470dac3f11c0d287a01715d15fdfe893e7f6664412e64244",
    "rnn, 2, captions, adam, 0.0, false, 6c8091396c010949d6d82cae6b9edf0807f0680b1a9bfca96a0067d404a541dc"
  })
  void everyBitStays(
      String cell,
      int lanes,
      String kind,
      String optimizer,
      String dropout,
      boolean tied,
      String sha256)
      throws Exception {
    Map<String, String> settings = new TreeMap<>();
    settings.put("data", (kind.equals("text") ? data : captions).toString());
    settings.put("model.cell", cell);
    settings.put("model.dropout", dropout);
    settings.put("model.tie-weights", Boolean.toString(tied));
    settings.put("model.embedding", tied ? "24" : "12");
    settings.put("optimizer.kind", optimizer);
    settings.put("averaging.lanes", Integer.toString(lanes));
    settings.put("averaging.interval", "3");
    settings.put("training.epochs", "4");
    settings.put("training.max-rounds", "4");
    settings.put("sample.length", "0");
    String run = String.join("-", cell, Integer.toString(lanes), kind);
    assertEquals(
        TrainingOutcome.DONE, train("local[2]", configuration(run, settings), RunsOnSpark::never));
    assertEquals(sha256, sha256(parameters(run)));
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
