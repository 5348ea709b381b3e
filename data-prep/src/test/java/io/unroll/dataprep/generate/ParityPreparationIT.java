package io.unroll.dataprep.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.examples.Prepared;
import io.unroll.dataprep.generate.ParityOptions.Lengths;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParityPreparationIT {
  @TempDir private Path folder;

  @Test
  void labelsAreTheParityOfTheOnes() {
    var options =
        new ParityOptions(
            new DatasetTarget(folder.resolve("out").toString(), false),
            Map.of(Split.TRAIN, 300L, Split.TEST, 20L),
            Map.of(Split.TRAIN, new Lengths(1, 20), Split.TEST, new Lengths(200, 200)),
            1);
    new ParityPreparation(LocalSpark.session(), options).run();
    List<String> training = Prepared.examples(folder.resolve("out"), Split.TRAIN);
    assertEquals(300, training.size());
    Set<Integer> lengths = new HashSet<>();
    for (String example : training) {
      assertParity(example);
      lengths.add(example.length() - 3);
    }
    assertEquals(20, lengths.size());
    List<String> test = Prepared.examples(folder.resolve("out"), Split.TEST);
    test.forEach(ParityPreparationIT::assertParity);
    assertTrue(test.stream().allMatch(example -> example.length() == 203));
    assertEquals(20, new HashSet<>(test).size());
  }

  private static void assertParity(String example) {
    long ones = example.substring(3).chars().filter(symbol -> symbol == '1').count();
    assertEquals(ones % 2 + ":", example.substring(0, 2), example);
  }

  @Test
  void refusesLengthsThatAreNone() {
    assertEquals(new Lengths(1, 20), Lengths.of("1-20"));
    assertEquals(new Lengths(200, 200), Lengths.of("200"));
    for (String wrong : List.of("", "a", "0", "2-1", "1-2-3", "-1")) {
      var e = assertThrows(IllegalArgumentException.class, () -> Lengths.of(wrong));
      assertTrue(e.getMessage().startsWith("Invalid lengths: "), e.getMessage());
    }
  }
}
