package io.unroll.dataprep.coco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.SharedData;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.summary.PreparationSummary;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published captions, against the counts that their README states. */
class CocoCaptionsIT {
  @TempDir private Path folder;

  @Test
  void accountsForAllCaptionsOfVal2014InKarpathysSplits() {
    String captions = SharedData.file("coco-captions/captions_val2014.json.gz");
    String valid = SharedData.file("coco-captions/karpathy_val_images.txt");
    String test = SharedData.file("coco-captions/karpathy_test_images.txt");
    PreparationSummary summary =
        new CocoPreparation(
                LocalSpark.session(),
                new CocoOptions(
                    List.of(captions),
                    folder.resolve("coco").toString(),
                    CocoOptions.DEFAULT_MIN_COUNT,
                    List.of(valid),
                    List.of(test),
                    null,
                    false))
            .run();
    var splits = summary.manifest().splits();
    assertEquals(30_504, splits.get(Split.TRAIN).images());
    assertEquals(5_000, splits.get(Split.VALID).images());
    assertEquals(5_000, splits.get(Split.TEST).images());
    assertEquals(202_654, splits.values().stream().mapToLong(split -> split.rows()).sum());
    assertTrue(summary.text().contains("40,504 images and 202,654 captions read"), summary.text());
  }
}
