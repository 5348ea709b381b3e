package io.unroll.driver.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.fuzz.Target;
import io.unroll.worker.format.FormatException;
import io.unroll.worker.format.ModelFiles;
import io.unroll.worker.format.ModelTargets;
import io.unroll.worker.format.NamedTensor;
import io.unroll.worker.format.SafeTensors;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.model.LanguageModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parsers of a run directory's files, but the metrics. */
public final class RunTargets {
  static final LockHolder HOLDER =
      new LockHolder("token", "host", 4711, Optional.empty(), Instant.EPOCH);

  private static final ParameterLayout LAYOUT = LanguageModel.layout(ModelTargets.TINY);
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final List<String> NAMES = List.of(ModelFiles.PARAMETERS, ModelFiles.DESCRIPTION);

  private RunTargets() {}

  public static List<Target> all() {
    return List.of(
        new Target(
            "checkpoint",
            RunTargets::signed,
            RunTargets::checkpoint,
            Set.of(DamagedException.class, StorageException.class),
            Target.FILE,
            Target.FIXED),
        Target.of("checksums", RunTargets::checksums, DamagedException.class),
        Target.of("run-lock", RunTargets::lock, DamagedException.class),
        Target.of("run-lock-renewed", RunTargets::renewal, DamagedException.class),
        new Target(
            "checkpoint-tensors",
            ModelTargets::withLengthAndData,
            RunTargets::tensors,
            Set.of(FormatException.class, StorageException.class),
            Target.FILE,
            Target.FIXED));
  }

  /** Files as a run writes them, by target and name. */
  public static Map<String, byte[]> written() throws IOException {
    Map<String, FileHash> hashes = new LinkedHashMap<>();
    CheckpointFiles.NAMES.forEach(name -> hashes.put(name, FileHash.of(name.getBytes(UTF_8))));
    Progress begun = Progress.none();
    Progress later =
        new Progress(
            120,
            9000,
            1L << 40,
            OptionalInt.of(75),
            Optional.of(new Progress.Best(Score.ofLoss(1.25), 100)),
            2,
            1,
            Duration.ofMillis(12345));
    List<LaneFile> lanes =
        List.of(
            new LaneFile(
                "lane-states/round-000120/lane-00000-a1.safetensors", FileHash.of(new byte[1])));
    RunIdentity identity =
        new RunIdentity(
            "0f1e2d", Map.of("data", "file:/data", "sample.prompt", "Ünder \"quotes\"\n"));
    Map<String, FileHash> model = new LinkedHashMap<>();
    NAMES.forEach(name -> model.put(name, FileHash.of(name.getBytes(UTF_8))));
    LockHolder ended =
        new LockHolder("token", "host", 4711, Optional.of(Instant.EPOCH), Instant.EPOCH);
    return Map.of(
        "checkpoint/written-begun",
        new StoredCheckpoint("", begun, identity, hashes, List.of()).toJson(),
        "checkpoint/written-later",
        new StoredCheckpoint("", later, identity, hashes, lanes).toJson(),
        "checksums/written-model",
        FileHash.toJson(1, model),
        "run-lock/written-without-start",
        HOLDER.toJson(),
        "run-lock/written-with-start",
        ended.toJson(),
        "run-lock-renewed/written",
        "{\"token\":\"token\",\"renewed\":\"2026-11-20T12:00:00.5Z\"}\n".getBytes(UTF_8),
        "checkpoint-tensors/written-adam",
        ModelTargets.header(CheckpointFiles.slotViews(new float[2 * LAYOUT.size()], LAYOUT)));
  }

  /** With the hash that checkpoint.json has of itself, in the place of the first one. */
  private static byte[] signed(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Matcher hash = HASH.matcher(text);
    if (!hash.find()) {
      return bytes;
    }
    String unsigned = hash.replaceFirst("0".repeat(FileHash.DIGITS));
    String sha256 = FileHash.of(unsigned.getBytes(StandardCharsets.ISO_8859_1)).sha256();
    return hash.replaceFirst(sha256).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Target.Check checkpoint(byte[] file) throws DamagedException {
    StoredCheckpoint read = StoredCheckpoint.fromJson(Target.FILE, file, Target.FILE);
    return () ->
        assertEquals(read, StoredCheckpoint.fromJson(Target.FILE, read.toJson(), Target.FILE));
  }

  private static Target.Check checksums(byte[] file) throws DamagedException {
    Map<String, FileHash> read = FileHash.fromJson(Target.FILE, file, 1, NAMES);
    return () ->
        assertEquals(read, FileHash.fromJson(Target.FILE, FileHash.toJson(1, read), 1, NAMES));
  }

  private static Target.Check lock(byte[] file) throws DamagedException {
    LockHolder read = LockHolder.fromJson(Target.FILE, file);
    var unused = read.running() ? read.name() : read.sameHost(HOLDER);
    return () -> assertEquals(read, LockHolder.fromJson(Target.FILE, read.toJson()));
  }

  private static Target.Check tensors(byte[] file) throws IOException {
    List<NamedTensor> read =
        SafeTensors.read(new ByteArrayInputStream(file), file.length, Target.FILE).tensors();
    float[] state = CheckpointFiles.slots(read, Target.FILE, CheckpointFiles.OPTIMIZER, LAYOUT);
    return () -> {
      List<NamedTensor> views = CheckpointFiles.slotViews(state, LAYOUT);
      assertEquals(read.size(), views.size());
      assertArrayEquals(
          state, CheckpointFiles.slots(views, Target.FILE, CheckpointFiles.OPTIMIZER, LAYOUT));
    };
  }

  private static Target.Check renewal(byte[] file) throws DamagedException {
    var unused = RunLock.lastSign(Target.FILE, file, HOLDER);
    return Target.Check.NONE;
  }
}
