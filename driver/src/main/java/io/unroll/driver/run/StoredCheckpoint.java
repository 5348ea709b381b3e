package io.unroll.driver.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A checkpoint that is in the run directory: the content of its {@value #FILE}. That file carries
 * the hashes of the others and its own, computed with zeros in the place of its digits. {@code
 * docs/formats/checkpoint.md} describes the format.
 *
 * @param directory path of the checkpoint, below the run directory
 * @param progress how far the run had come
 * @param identity dataset and settings of the run
 * @param files what the data files must be, by name
 * @param laneFiles optimiser state of each lane, in lane order; empty if lanes keep none
 */
record StoredCheckpoint(
    String directory,
    Progress progress,
    RunIdentity identity,
    Map<String, FileHash> files,
    List<LaneFile> laneFiles) {
  static final String FILE = "checkpoint.json";
  static final int VERSION = 2;

  private static final String FORMAT = "unroll-checkpoint";
  private static final String ZEROS = "0".repeat(FileHash.DIGITS);
  private static final int LIMIT = 16 << 20;

  /** Only where that is what models are judged by. */
  private static final String ACCURACY = "best-accuracy";

  /** Only where there were any. */
  private static final String REDUCTIONS = "learning-rate-reductions";

  /** The bytes of {@value #FILE}. */
  byte[] toJson() {
    ObjectNode json = StrictJson.object();
    json.put("sha256", ZEROS);
    json.put("format", FORMAT);
    json.put("version", VERSION);
    write(json.putObject("progress"));
    json.put("dataset", identity.dataset());
    ObjectNode settings = json.putObject("settings");
    identity.sortedSettings().forEach(settings::put);
    FileHash.put(json.putObject("files"), files);
    ObjectNode lanes = json.putObject("lane-files");
    for (int lane = 0; lane < laneFiles.size(); lane++) {
      LaneFile file = laneFiles.get(lane);
      file.hash().put(lanes.putObject("lane" + lane).put("path", file.path()));
    }
    byte[] unsigned = StrictJson.text(json).getBytes(StandardCharsets.UTF_8);
    // One byte is one character in ISO 8859-1, so that no byte changes but the digits.
    return new String(unsigned, StandardCharsets.ISO_8859_1)
        .replaceFirst(ZEROS, FileHash.of(unsigned).sha256())
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private void write(ObjectNode json) {
    json.put("rounds", progress.rounds());
    json.put("steps", progress.steps());
    json.put("tokens", progress.tokens());
    json.put("interval", progress.interval().isPresent() ? progress.interval().getAsInt() : null);
    json.put("best-loss", progress.best().map(Progress.Best::loss).orElse(null));
    progress
        .best()
        .flatMap(best -> best.score().accuracy().stream().boxed().findFirst())
        .ifPresent(accuracy -> json.put(ACCURACY, accuracy));
    json.put("best-round", progress.best().map(Progress.Best::round).orElse(null));
    json.put("validations-without-improvement", progress.validationsWithoutImprovement());
    if (progress.reductions() > 0) {
      json.put(REDUCTIONS, progress.reductions());
    }
    json.put("training-time", progress.trainingTime().toString());
  }

  /**
   * Reads the description of a checkpoint and confirms that every file is what it says.
   *
   * @throws DamagedException if anything is not
   * @throws StorageException if the checkpoint is whole, but of an unknown version
   */
  static StoredCheckpoint verified(Storage storage, String directory) throws DamagedException {
    StoredCheckpoint stored = withWholeFiles(storage, directory);
    for (LaneFile file : stored.laneFiles) {
      file.hash().verify(storage, file.path());
    }
    return stored;
  }

  /** As {@link #verified}, but for the lanes' optimiser states, which are elsewhere in the run. */
  static StoredCheckpoint withWholeFiles(Storage storage, String directory)
      throws DamagedException {
    StoredCheckpoint stored =
        fromJson(directory, storage.read(directory + "/" + FILE, LIMIT), storage.uri(directory));
    for (Map.Entry<String, FileHash> file : stored.files.entrySet()) {
      file.getValue().verify(storage, directory + "/" + file.getKey());
    }
    return stored;
  }

  static StoredCheckpoint fromJson(String directory, byte[] bytes, String uri)
      throws DamagedException {
    StrictJson json = StrictJson.parse(directory + "/" + FILE, bytes);
    verifyOwnHash(directory, bytes, json.text("sha256"));
    if (!FORMAT.equals(json.text("format"))
        || json.count("version", Integer.MAX_VALUE) != VERSION) {
      throw new StorageException(
          String.format(
              Locale.ROOT,
              "Cannot read the checkpoint %s: it is of format %s, version %d (expected %s, version %d); use the Unroll that wrote it",
              uri,
              json.text("format"),
              json.count("version", Integer.MAX_VALUE),
              FORMAT,
              VERSION));
    }
    json.withKeys(
        Set.of(
            "sha256",
            "format",
            "version",
            "progress",
            "dataset",
            "settings",
            "files",
            "lane-files"));
    return new StoredCheckpoint(
        directory,
        progress(json.object("progress")),
        new RunIdentity(json.text("dataset"), json.object("settings").texts()),
        FileHash.from(json.object("files"), CheckpointFiles.NAMES),
        laneFiles(directory, json.object("lane-files")));
  }

  private static List<LaneFile> laneFiles(String directory, StrictJson json)
      throws DamagedException {
    List<LaneFile> files = new ArrayList<>();
    while (json.has("lane" + files.size())) {
      StrictJson file =
          json.object("lane" + files.size()).withKeys(Set.of("path", "size", "sha256"));
      String path = file.text("path");
      if (!LaneFiles.PATH.matcher(path).matches()) {
        throw new DamagedException(
            "%s/%s names the lane file %s, which no run writes".formatted(directory, FILE, path));
      }
      files.add(new LaneFile(path, FileHash.from(file)));
    }
    json.withCount(files.size());
    return files;
  }

  private static void verifyOwnHash(String directory, byte[] bytes, String sha256)
      throws DamagedException {
    String signed = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = signed.indexOf(sha256);
    if (sha256.length() == FileHash.DIGITS && at >= 0) {
      String unsigned = signed.substring(0, at) + ZEROS + signed.substring(at + ZEROS.length());
      if (FileHash.of(unsigned.getBytes(StandardCharsets.ISO_8859_1)).sha256().equals(sha256)) {
        return;
      }
    }
    throw new DamagedException(
        "%s/%s is damaged: its SHA-256 is not the one written in it".formatted(directory, FILE));
  }

  private static Progress progress(StrictJson json) throws DamagedException {
    Set<String> keys =
        new HashSet<>(
            Set.of(
                "rounds",
                "steps",
                "tokens",
                "interval",
                "best-loss",
                "best-round",
                "validations-without-improvement",
                "training-time"));
    boolean labels = json.has(ACCURACY);
    if (labels) {
      keys.add(ACCURACY);
    }
    boolean reduced = json.has(REDUCTIONS);
    if (reduced) {
      keys.add(REDUCTIONS);
    }
    json.withKeys(keys);
    Optional<Progress.Best> best =
        json.isNull("best-loss") && json.isNull("best-round")
            ? Optional.empty()
            : Optional.of(
                new Progress.Best(
                    new Score(
                        json.number("best-loss"),
                        labels ? OptionalDouble.of(json.number(ACCURACY)) : OptionalDouble.empty()),
                    (int) json.count("best-round", Integer.MAX_VALUE)));
    OptionalInt interval =
        json.isNull("interval") ? OptionalInt.empty() : OptionalInt.of(json.positive("interval"));
    return new Progress(
        (int) json.count("rounds", Integer.MAX_VALUE),
        json.count("steps", Long.MAX_VALUE),
        json.count("tokens", Long.MAX_VALUE),
        interval,
        best,
        (int) json.count("validations-without-improvement", Integer.MAX_VALUE),
        reduced ? json.positive(REDUCTIONS) : 0,
        json.duration("training-time"));
  }
}
