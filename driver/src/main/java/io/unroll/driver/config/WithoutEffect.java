package io.unroll.driver.config;

import io.unroll.driver.config.SettingValues.Given;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Problems of settings that were given and have no effect: who gave them expects one. */
final class WithoutEffect {
  private WithoutEffect() {}

  /** Why a setting has no effect: when it would have one, and what is instead. */
  private record Hindrance(String condition, String instead) {}

  /**
   * Those that have no effect with the values of other settings.
   *
   * @param known whether the value of a setting is known, so that others can be judged by it
   */
  static List<String> among(SettingValues values, Predicate<Setting<?>> known) {
    return problems(
        values,
        condition ->
            condition instanceof Condition.With<?> with
                    && known.test(with.other())
                    && !with.holds(values)
                ? Optional.of(new Hindrance(condition.text(), valueOf(with.other(), values)))
                : Optional.empty());
  }

  /** Those that have no effect on a dataset of that kind. */
  static List<String> on(DataKind dataset, SettingValues values) {
    return problems(
        values,
        condition ->
            condition
                .dataset()
                .filter(on -> !on.kinds().contains(dataset))
                .map(on -> new Hindrance(on.text(), "this one is of kind " + dataset.label())));
  }

  private static List<String> problems(
      SettingValues values, Function<Condition, Optional<Hindrance>> hindrance) {
    return values.given().stream()
        .flatMap(
            given ->
                hindrance
                    .apply(given.setting().condition())
                    .map(why -> problem(given, why))
                    .stream())
        .toList();
  }

  private static String problem(Given given, Hindrance why) {
    return "%sSetting without effect: %s (it applies only %s, but %s). Remove it"
        .formatted(
            given.origin().isEmpty() ? "" : given.origin() + ": ",
            given.setting().key(),
            why.condition(),
            why.instead());
  }

  private static String valueOf(Setting<?> setting, SettingValues values) {
    String origin =
        values
            .origin(setting)
            .map(place -> place.isEmpty() ? "" : ", from " + place)
            .orElse(" by default");
    return "%s is %s%s".formatted(setting.key(), values.text(setting), origin);
  }
}
