package io.unroll.driver.config;

import static io.unroll.driver.config.Range.any;
import static io.unroll.driver.config.Range.ifPresentAtLeast;
import static io.unroll.driver.config.ValueType.choice;
import static io.unroll.driver.config.ValueType.integerOr;

import io.unroll.dataprep.dataset.Split;
import java.util.OptionalInt;

/**
 * When the model is judged, and on what.
 *
 * @param every rounds from one validation to the next; empty for the end of each epoch
 */
public record ValidationSettings(OptionalInt every, Split split) {
  static final Section SECTION = new Section("validation");

  public static final Setting<OptionalInt> EVERY =
      SECTION.add(
          "every",
          integerOr("epoch"),
          OptionalInt.empty(),
          ifPresentAtLeast(1),
          "rounds from one validation to the next; `epoch` for the end of each epoch");
  public static final Setting<Split> SPLIT =
      SECTION.add(
          "split", choice(Split.class), Split.VALID, any(), "part of the dataset to validate on");

  public ValidationSettings {
    EVERY.check(every);
  }

  static ValidationSettings of(SettingValues values) {
    return new ValidationSettings(values.of(EVERY), values.of(SPLIT));
  }
}
