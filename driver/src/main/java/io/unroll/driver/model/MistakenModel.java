package io.unroll.driver.model;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Manifest;
import io.unroll.driver.registry.Registry;
import io.unroll.driver.run.ModelDirectory;
import io.unroll.driver.run.RunDirectory;
import io.unroll.driver.run.Storage;
import io.unroll.worker.format.ModelFiles;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** What was given in place of a model, and what was probably meant. */
final class MistakenModel {
  private static final Set<String> MODEL_FILES =
      Set.of(
          ModelFiles.PARAMETERS,
          ModelFiles.DESCRIPTION,
          ModelDirectory.VOCABULARY,
          ModelDirectory.CHECKSUMS);

  /** The first bytes of every zip. */
  private static final String ZIP = "PK";

  /** Each costs two requests where files are remote. */
  private static final int MOST_LOOKED_INTO = 50;

  private static final String EXPECTED =
      "(expected the directory of a model, of a run with a best model, or of a registry)";

  private final Storage place;
  private final Configuration hadoop;
  private final Path path;

  private MistakenModel(Storage place, Configuration hadoop) {
    this.place = place;
    this.hadoop = hadoop;
    this.path = new Path(place.uri(""));
  }

  /** The error to throw for a place where there is neither a model nor a part of one. */
  static DataException at(Storage place, Configuration hadoop) {
    return new DataException(
        "Cannot use the model %s: %s"
            .formatted(place.uri(""), new MistakenModel(place, hadoop).reason()));
  }

  private String reason() {
    Optional<Storage.Entry> entry = place.entry("");
    if (entry.isEmpty()) {
      return "it does not exist" + ofParent();
    }
    return entry.get().directory() ? ofDirectory() : ofFile();
  }

  private String ofParent() {
    if (Registry.isVersion(path) && isIn(path.getParent().getParent(), Registry.CHAMPION)) {
      return ". `registry list --registry %s` has the versions"
          .formatted(path.getParent().getParent());
    }
    if (!isIn(RunDirectory.CONFIGURATION)) {
      return "";
    }
    return isIn(RunDirectory.BEST + "/" + ModelFiles.DESCRIPTION)
        ? ". Did you mean --model %s?".formatted(path.getParent())
        : ", and " + withoutBest(path.getParent());
  }

  private String ofFile() {
    Path parent = path.getParent();
    if (MODEL_FILES.contains(path.getName()) && isIn(ModelFiles.DESCRIPTION)) {
      return "it is one file of a model; give its directory: --model " + parent;
    }
    if (isIn(RunDirectory.CHECKPOINT)) {
      return "it is a file of a checkpoint. " + ofCheckpoint(parent);
    }
    if (isIn(Manifest.FILE)) {
      return "it is a file of a dataset " + EXPECTED;
    }
    if (path.getName().equals(Registry.VERSION)) {
      return "it is a file of a version in a registry; give its directory: --model " + parent;
    }
    if (isIn(RunDirectory.CONFIGURATION)) {
      return "it is a file of a run; give its directory: --model " + parent;
    }
    return begins(ZIP)
        ? "it is a zip file %s. `import --format dl4j` makes a model of one that Deeplearning4j wrote"
            .formatted(EXPECTED)
        : "it is a file " + EXPECTED;
  }

  private String ofDirectory() {
    if (place.exists(RunDirectory.CHECKPOINT)) {
      return "it is a checkpoint. " + ofCheckpoint(path);
    }
    if (place.exists(Manifest.FILE)) {
      return "it is a dataset %s. Datasets go with --data".formatted(EXPECTED);
    }
    if (place.exists(RunDirectory.CONFIGURATION) || place.exists(RunDirectory.CHECKPOINTS)) {
      return withoutBest(path);
    }
    if (path.getName().equals(Registry.VERSIONS) && isIn(Registry.CHAMPION)) {
      return "it has the versions of a registry. Did you mean --model %s, which is its champion?"
          .formatted(path.getParent());
    }
    return firstInside()
        .map(
            name ->
                "it is neither a model nor a run. Did you mean --model %s/%s?"
                    .formatted(path, name))
        .orElse(
            "it has no %s, so it is no model, and no %s/, so it is no run with a best model"
                .formatted(ModelFiles.DESCRIPTION, RunDirectory.BEST));
  }

  /** A directory inside that is a model, or a run with one. */
  private Optional<String> firstInside() {
    return place.list("").stream()
        .filter(Storage.Entry::directory)
        .map(Storage.Entry::name)
        .limit(MOST_LOOKED_INTO)
        .filter(
            name ->
                place.exists(name + "/" + ModelFiles.DESCRIPTION)
                    || place.exists(name + "/" + RunDirectory.BEST + "/" + ModelFiles.DESCRIPTION))
        .findFirst();
  }

  private static String withoutBest(Path run) {
    return "%s is a run without a best model: the first validation writes it. ".formatted(run)
        + ofCheckpoint(run);
  }

  private static String ofCheckpoint(Path checkpoint) {
    return "To make a model of a checkpoint, type: export --format unroll --checkpoint %s --output URI"
        .formatted(checkpoint);
  }

  /** Whether a file of that name is beside the place. */
  private boolean isIn(String name) {
    return path.getParent() != null && isIn(path.getParent(), name);
  }

  private boolean isIn(Path folder, String name) {
    try (Storage around = Storage.open(folder.toString(), hadoop)) {
      return around.exists(name);
    }
  }

  private boolean begins(String text) {
    byte[] first = place.read("", (in, length) -> in.readNBytes(text.length()));
    return text.equals(new String(first, StandardCharsets.ISO_8859_1));
  }
}
