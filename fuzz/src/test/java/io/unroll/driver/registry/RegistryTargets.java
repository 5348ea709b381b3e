package io.unroll.driver.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.driver.run.DamagedException;
import io.unroll.fuzz.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The parsers of a registry's files. */
public final class RegistryTargets {
  private RegistryTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of("champion", RegistryTargets::champion, DamagedException.class),
        Target.of("model-version", RegistryTargets::version, DamagedException.class));
  }

  /** Files as promotions write them, by target and name. */
  public static Map<String, byte[]> written() {
    Judgement judgement =
        new Judgement(
            new HeldOut("hdfs://host/data", "0f1e2d", "test"),
            0.002,
            1.25,
            OptionalInt.of(11),
            OptionalDouble.of(1.5));
    return Map.of(
        "champion/written-first",
        new Champion(1, OptionalInt.empty()).toJson(),
        "champion/written-later",
        Champion.after(11, 12).toJson(),
        "model-version/written-first",
        version(Optional.empty(), Optional.empty()).toJson(),
        "model-version/written-later",
        version(Optional.of("Nächt \"12\"\n"), Optional.of(judgement)).toJson());
  }

  private static Version version(Optional<String> runId, Optional<Judgement> judgement) {
    return new Version(
        12,
        Instant.parse("2026-11-20T12:00:00Z"),
        "0".repeat(64),
        "file:/runs/12",
        runId,
        judgement,
        "0.1.0");
  }

  private static Target.Check champion(byte[] file) throws DamagedException {
    Champion read = Champion.fromJson(Target.FILE, file);
    return () -> assertEquals(read, Champion.fromJson(Target.FILE, read.toJson()));
  }

  private static Target.Check version(byte[] file) throws DamagedException {
    Version read = Version.fromJson(Target.FILE, file);
    return () -> assertEquals(read, Version.fromJson(Target.FILE, read.toJson()));
  }
}
