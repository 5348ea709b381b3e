package io.unroll.fuzz;

import io.unroll.dataprep.dataset.DatasetTargets;
import io.unroll.driver.dl4j.Dl4jTargets;
import io.unroll.driver.pytorch.PytorchTargets;
import io.unroll.driver.registry.RegistryTargets;
import io.unroll.driver.run.RunTargets;
import io.unroll.worker.format.ModelTargets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The committed inputs: {@code seeds/TARGET/NAME}. Names that begin with {@code written} are files
 * of Unroll's own writers, {@code valid} files of others, which must be read; {@code found} are
 * what the fuzzer found; {@code hostile} what a person thought of.
 */
final class Seeds {
  static final Path FOLDER = Path.of("seeds");

  private Seeds() {}

  /** Inputs of a target, by file name. */
  static Map<String, byte[]> of(Target target) throws IOException {
    Map<String, byte[]> seeds = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER.resolve(target.name()))) {
      for (Path file : files.toList()) {
        seeds.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return seeds;
  }

  /** Writes the files of Unroll's own writers anew, as after a change of a format. */
  public static void main(String[] arguments) throws IOException {
    for (Map<String, byte[]> files :
        List.of(
            ModelTargets.written(),
            DatasetTargets.written(),
            RunTargets.written(),
            RegistryTargets.written(),
            Dl4jTargets.written(),
            PytorchTargets.written(),
            OtherTargets.written())) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path path = FOLDER.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
    }
  }
}
