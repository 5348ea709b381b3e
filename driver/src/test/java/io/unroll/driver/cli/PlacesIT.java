package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.unroll.dataprep.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that Hadoop, Spark, formats or shells read as something else are names to Unroll. */
class PlacesIT {
  private static final String TEXT = "hello world, hello lanes.\n".repeat(200);

  /** All in one, since each command starts Spark. */
  private static final String ODD =
      " [v1] {x,y} 100%25 %s 12:30 back\\slash #h 'q\" ${user.name} ;=&+?*~ \t\u001b[31m\nété 😀";

  private static final List<String> SMALL =
      List.of(
          "--model.hidden=8",
          "--model.layers=1",
          "--model.embedding=4",
          "--training.batch=2",
          "--training.window=8",
          "--training.max-rounds=1",
          "--averaging.lanes=1",
          "--averaging.interval=2",
          "--averaging.optimizer-state=keep",
          "--validation.every=1");

  @TempDir private Path folder;

  @Test
  void everyCommandTakesOddNames() throws IOException {
    assumeTrue(Place.refusal(ODD).isEmpty(), "this locale has no such names");
    Path odd = Files.createDirectory(folder.resolve(ODD));
    String input = Files.createDirectory(odd.resolve(ODD + "input")).toString();
    Files.writeString(Path.of(input, ODD + ".txt"), TEXT);
    String data = odd.resolve(ODD + "data").toString();
    String run = odd.resolve(ODD + "run").toString();
    String config = Files.writeString(odd.resolve(ODD + ".yaml"), "sample.length: 5\n").toString();

    String fractions = "--fractions=0.8,0.1,0.1";
    done("prep", "--kind=text", "--tokenizer=char", fractions, "--input", input, "--output", data);
    List<String> train = new ArrayList<>(List.of("train", "--config", config));
    train.addAll(SMALL);
    train.addAll(List.of("--data", data, "--run", run));
    done(train.toArray(String[]::new));
    Files.delete(Path.of(run, "report.html"));
    done("evaluate", "--model", run, "--data", data, "--split=valid", "--json");
    done("sample", "--model", "file:" + run, "--length=5");
    done("report", "--run", run);
    assertTrue(Files.isRegularFile(Path.of(run, "report.html")));
    try (var there = Files.list(folder)) {
      assertEquals(List.of(odd), there.toList());
    }
  }

  private static void done(String... arguments) {
    Execution execution = Execution.of(arguments);
    assertEquals(0, execution.code(), execution.err());
  }

  /** The commands have no wait of their own where the name alone is wrong. */
  @Test
  void whatCanBeNoNameIsRefusedAtTheStartNamingTheCharacter() throws IOException {
    String config = folder.resolve("nul.yaml").toString();
    Files.writeString(Path.of(config), "run: \"a\\0b\"\ndata: x\n");
    for (List<String> line :
        List.of(
            List.of("train", "--config", config),
            List.of("prep", "--kind=text", "--tokenizer=char", "--output=o", "--input=a\0b"),
            List.of("prep", "--kind=text", "--tokenizer=char", "--input=o", "--output=a\0b"),
            List.of("evaluate", "--data=d", "--model=a\0b"),
            List.of("sample", "--model=a\0b"),
            List.of("train", "--config=a\0b"),
            List.of("report", "--run=a\0b"))) {
      Execution refused = Execution.of(line.toArray(String[]::new));
      assertEquals(2, refused.code(), refused.err());
      assertTrue(
          refused.err().contains("'a\\0b': NULL (U+0000) cannot be in a name"), refused.err());
      assertFalse(refused.err().contains("\0"), refused.err());
    }
  }
}
