package io.unroll.driver.config;

import io.unroll.dataprep.dataset.DatasetKind;

/** When a setting has an effect on a run. */
public sealed interface Condition {
  /** As help and documentation say it, behind {@code only}; empty for always. */
  String text();

  /** Always. */
  record Always() implements Condition {
    @Override
    public String text() {
      return "";
    }
  }

  /**
   * With some values of another setting.
   *
   * @param other a setting that always has an effect
   */
  record With<T>(Setting<T> other, Range<T> values) implements Condition {
    @Override
    public String text() {
      return "with %s %s".formatted(other.key(), values.text());
    }

    boolean holds(SettingValues given) {
      return values.test().test(given.of(other));
    }
  }

  /** On datasets of one kind. */
  record On(DatasetKind kind) implements Condition {
    @Override
    public String text() {
      return "on datasets of kind " + kind.label();
    }
  }
}
