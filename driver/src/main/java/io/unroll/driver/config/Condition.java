package io.unroll.driver.config;

import java.util.List;
import java.util.Optional;

/** When a setting has an effect on a run. */
public sealed interface Condition {
  /** As help and documentation say it, behind {@code only}; empty for always. */
  String text();

  /** The kinds of datasets on which it can hold; empty if that makes no difference. */
  default Optional<On> dataset() {
    return Optional.empty();
  }

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
   * @param other a setting that has an effect on every dataset, or on those of some kinds
   */
  record With<T>(Setting<T> other, Range<T> values) implements Condition {
    @Override
    public String text() {
      return "with %s %s".formatted(other.key(), values.text());
    }

    @Override
    public Optional<On> dataset() {
      return other.condition().dataset();
    }

    boolean holds(SettingValues given) {
      return values.test().test(given.of(other));
    }
  }

  /** On datasets of some kinds. */
  record On(List<DataKind> kinds) implements Condition {
    /** Those that language models are trained on. */
    static final On TEXT = new On(List.of(DataKind.STREAM, DataKind.CAPTIONS, DataKind.SEQUENCES));

    /** Those whose examples have labels. */
    static final On LABELLED = new On(List.of(DataKind.LABELLED));

    /** Those whose examples have texts. */
    static final On PAIRS = new On(List.of(DataKind.PAIRS));

    /** Those of examples. */
    static final On EXAMPLES = new On(List.of(DataKind.LABELLED, DataKind.PAIRS));

    @Override
    public Optional<On> dataset() {
      return Optional.of(this);
    }

    @Override
    public String text() {
      List<String> labels = kinds.stream().map(DataKind::label).toList();
      return "on datasets of kind " + ValueType.alternatives(labels);
    }
  }
}
