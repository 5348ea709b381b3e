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
  /** Made with one core for each lane; the number of cores changes nothing. */
  private static final Map<String, String> CORES = Map.of("spark.task.cpus", "3");

  private static Path captions;

  @BeforeAll
  static void captions() throws IOException {
    captions = prepareCaptions();
  }

  @ParameterizedTest
  @CsvSource({
    "lstm, 1, text, sgd, 0.1, false, e1689dab4c6acc533a87eaf5a0b631a72d561980d3742a93cd0f876f84d47f50",
    "lstm, 2, text, adam, 0.0, true, 4ecfdd025cce62fa0062cef52fae323b9a6bef2b043620de40b3ec7e826f10c8",
    "gru, 1, text, adam, 0.0, false, 1ad7df0b402cf4dc170f31369575bd1bba45d6b652daf215889908e25f2d35d8",
    "gru, 2, captions, sgd, 0.1, false, efd069639bb54f1f5842a45fa42b8129a0db172f734861b8ad76da2b51ec3662",
    "gru-reset-after, 1, captions, adam, 0.1, true, 38fbff14ae8ae1b44de4910bfeec5f375574e35ed19b228e2f02d13e32d72b48",
    "gru-reset-after, 2, text, sgd, 0.0, false, 5574f015bd7abc1014253292bda6d39c2f014cd20ae0c6cf5002bb9df78a4282",
    "rnn, 1, text, adam, 0.1, true, 68426b963efb8d84ee9709fd49a18fcee0ed1871a9c1c9489113468cc8bb9155",
    "rnn, 2, captions, adam, 0.0, false, 4eee235acd00988c3d59ee89a299967fbf9139d6fec5909877a2907d1fd4dc17"
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
    settings.put("training.max-rounds", "2");
    settings.put("sample.length", "0");
    String run = String.join("-", cell, Integer.toString(lanes), kind);
    assertEquals(
        TrainingOutcome.DONE,
        train("local[6]", CORES, configuration(run, settings), RunsOnSpark::never));
    assertEquals(sha256, sha256(parameters(run)));
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
