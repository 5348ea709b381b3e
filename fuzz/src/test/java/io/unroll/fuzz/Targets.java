package io.unroll.fuzz;

import io.unroll.dataprep.coco.CocoTargets;
import io.unroll.dataprep.conllu.ConlluTargets;
import io.unroll.dataprep.dataset.DatasetTargets;
import io.unroll.dataprep.features.FeatureTargets;
import io.unroll.dataprep.lines.LineTargets;
import io.unroll.driver.dl4j.Dl4jTargets;
import io.unroll.driver.pytorch.PytorchTargets;
import io.unroll.driver.registry.RegistryTargets;
import io.unroll.driver.run.RunTargets;
import io.unroll.worker.format.ModelTargets;
import java.util.List;
import java.util.stream.Stream;

/** Every parser of files. */
final class Targets {
  private Targets() {}

  static List<Target> all() {
    return Stream.of(
            ModelTargets.all(),
            DatasetTargets.all(),
            CocoTargets.all(),
            FeatureTargets.all(),
            LineTargets.all(),
            ConlluTargets.all(),
            RunTargets.all(),
            RegistryTargets.all(),
            Dl4jTargets.all(),
            PytorchTargets.all(),
            OtherTargets.all())
        .flatMap(List::stream)
        .toList();
  }

  static Target named(String name) {
    return all().stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid target: %s (expected one of %s)".formatted(name, all())));
  }

  /** Prints the names, one a line. */
  public static void main(String[] arguments) {
    all().forEach(System.out::println);
  }
}
