package io.unroll.dataprep.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.SplitContent.PartFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** manifest.json, versions 1 to 6: see docs/formats/dataset.md. */
final class ManifestJson {
  /** The first version with hashes of rows. */
  static final int WITH_HASHES = 2;

  /** The version with changes of the sources, which is written only where there are some. */
  static final int WITH_CHANGES = 3;

  /** The version of examples with labels, and of nothing else. */
  static final int WITH_EXAMPLES = 4;

  /** The version of sequences, and of nothing else. */
  static final int WITH_SEQUENCES = 5;

  /** The version of examples whose targets are texts, and of nothing else. */
  static final int WITH_TEXT_TARGETS = 6;

  private static final String FORMAT = "unroll-dataset";
  private static final String ROWS_SHA256 = "rows-sha256";
  private static final String LONGEST = "longest";
  private static final String TARGETS = "targets";
  private static final String TARGET_TOKENS = "target-tokens";
  private static final String TARGET_UNKNOWN = "target-unknown";
  private static final String LONGEST_TARGET = "longest-target";
  private static final String SINCE = "since";

  /**
   * Names only: a manifest must not lead out of its directory. Spark numbers its files in the
   * digits of the locale.
   */
  private static final Pattern FILE_NAME = Pattern.compile("part-[A-Za-z\\p{Nd}._-]+\\.parquet");

  private ManifestJson() {}

  static String write(Manifest manifest) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("format", FORMAT).put("version", manifest.version());
    root.put("kind", manifest.kind().label());
    manifest.examples().ifPresent(shape -> ExamplesJson.write(shape, root));
    VocabulariesJson.write(manifest.vocabularies(), root);
    if (manifest.kind() == DatasetKind.STREAM) {
      root.put("block-length", manifest.blockLength());
    }
    write(manifest.sources(), root.putArray("sources"));
    manifest.since().ifPresent(since -> write(since, root.putObject(SINCE)));
    ObjectNode splits = root.putObject("splits");
    manifest
        .splits()
        .forEach((split, content) -> write(content, manifest, splits.putObject(split.label())));
    return root.toPrettyString() + "\n";
  }

  private static void write(List<Source> sources, ArrayNode into) {
    for (Source source : sources) {
      into.addObject()
          .put("uri", source.uri())
          .put("bytes", source.bytes())
          .put("sha256", source.sha256());
    }
  }

  private static void write(SourceChanges since, ObjectNode into) {
    into.put("dataset", since.dataset()).put("fingerprint", since.fingerprint());
    write(since.added(), into.putArray("new"));
    write(since.changed(), into.putArray("changed"));
    write(since.gone(), into.putArray("gone"));
  }

  private static void write(SplitContent content, Manifest manifest, ObjectNode into) {
    if (manifest.kind() == DatasetKind.CAPTIONS) {
      into.put("images", content.images());
    }
    into.put("rows", content.rows());
    into.put("tokens", content.tokens());
    into.put("unknown", content.unknown());
    if (manifest.kind() == DatasetKind.SEQUENCES) {
      into.put(DatasetKind.GIVEN, content.given());
    }
    manifest.examples().ifPresent(shape -> write(content, shape, into));
    content.rowsSha256().ifPresent(sha256 -> into.put(ROWS_SHA256, sha256));
    var files = into.putArray("files");
    for (PartFile file : content.files()) {
      files
          .addObject()
          .put("name", file.name())
          .put("bytes", file.bytes())
          .put("sha256", file.sha256());
    }
  }

  private static void write(SplitContent content, ExampleShape shape, ObjectNode into) {
    into.put(LONGEST, content.longest());
    if (shape.target() == ExampleShape.Target.TEXT) {
      into.put(TARGET_TOKENS, content.targetTokens());
      into.put(TARGET_UNKNOWN, content.targetUnknown());
      into.put(LONGEST_TARGET, content.longestTarget());
      return;
    }
    ObjectNode targets = into.putObject(TARGETS);
    content.targets().forEach(targets::put);
  }

  static Manifest read(String json) {
    JsonObjectReader root = JsonObjectReader.parse("manifest", json, FORMAT, WITH_TEXT_TARGETS);
    DatasetKind kind = kind(root);
    boolean examples = kind == DatasetKind.EXAMPLES;
    Optional<ExampleShape> shape =
        examples ? Optional.of(ExamplesJson.read(root)) : Optional.empty();
    boolean stream = kind == DatasetKind.STREAM;
    List<String> fields =
        new ArrayList<>(List.of("format", "version", "kind", "sources", "splits"));
    fields.addAll(VocabulariesJson.fields(shape));
    boolean compared =
        root.integer("version") >= WITH_EXAMPLES
            ? root.has(SINCE)
            : root.integer("version") >= WITH_CHANGES;
    if (examples) {
      fields.add(ExamplesJson.FIELD);
    }
    if (stream) {
      fields.add("block-length");
    }
    if (compared) {
      fields.add(SINCE);
    }
    root.allow(fields);
    return new Manifest(
        kind,
        VocabulariesJson.read(root, shape),
        stream ? blockLength(root) : 0,
        root.objects("sources", ManifestJson::source),
        splits(root, kind, shape),
        compared ? Optional.of(since(root.object(SINCE))) : Optional.empty(),
        shape);
  }

  private static DatasetKind kind(JsonObjectReader root) {
    String label = root.text("kind");
    int version = root.integer("version");
    List<DatasetKind> kinds =
        switch (version) {
          case WITH_EXAMPLES, WITH_TEXT_TARGETS -> List.of(DatasetKind.EXAMPLES);
          case WITH_SEQUENCES -> List.of(DatasetKind.SEQUENCES);
          default -> List.of(DatasetKind.STREAM, DatasetKind.CAPTIONS);
        };
    return kinds.stream()
        .filter(kind -> kind.label().equals(label))
        .findFirst()
        .orElseThrow(() -> root.invalid("kind", expected(kinds, version)));
  }

  private static String expected(List<DatasetKind> kinds, int version) {
    String labels = kinds.stream().map(DatasetKind::label).collect(Collectors.joining(" or "));
    return version < WITH_EXAMPLES ? labels : labels + " in version " + version;
  }

  private static int blockLength(JsonObjectReader root) {
    int length = root.integer("block-length");
    if (length < 1) {
      throw root.invalid("block-length", "at least 1");
    }
    return length;
  }

  private static Source source(JsonObjectReader json) {
    json.allow(List.of("uri", "bytes", "sha256"));
    return new Source(json.text("uri"), json.count("bytes"), json.text("sha256"));
  }

  private static SourceChanges since(JsonObjectReader json) {
    json.allow(List.of("dataset", "fingerprint", "new", "changed", "gone"));
    return new SourceChanges(
        json.text("dataset"),
        json.text("fingerprint"),
        json.objects("new", ManifestJson::source),
        json.objects("changed", ManifestJson::source),
        json.objects("gone", ManifestJson::source));
  }

  private static Map<Split, SplitContent> splits(
      JsonObjectReader root, DatasetKind kind, Optional<ExampleShape> shape) {
    JsonObjectReader json = root.object("splits");
    boolean hashed = root.integer("version") >= WITH_HASHES;
    json.allow(Arrays.stream(Split.values()).map(Split::label).toList());
    Map<Split, SplitContent> splits = new EnumMap<>(Split.class);
    for (String label : json.names()) {
      splits.put(Split.of(label), content(json.object(label), kind, shape, hashed));
    }
    if (!splits.containsKey(Split.TRAIN)) {
      throw new DataException("Invalid manifest: splits.train is missing");
    }
    return splits;
  }

  private static SplitContent content(
      JsonObjectReader json, DatasetKind kind, Optional<ExampleShape> shape, boolean hashed) {
    boolean captions = kind == DatasetKind.CAPTIONS;
    List<String> fields = new ArrayList<>(List.of("rows", "tokens", "unknown", "files"));
    if (captions) {
      fields.add("images");
    }
    boolean sequences = kind == DatasetKind.SEQUENCES;
    if (sequences) {
      fields.add(DatasetKind.GIVEN);
    }
    boolean texts = shape.filter(s -> s.target() == ExampleShape.Target.TEXT).isPresent();
    boolean labels = shape.isPresent() && !texts;
    if (shape.isPresent()) {
      fields.add(LONGEST);
      fields.addAll(
          texts ? List.of(TARGET_TOKENS, TARGET_UNKNOWN, LONGEST_TARGET) : List.of(TARGETS));
    }
    if (hashed) {
      fields.add(ROWS_SHA256);
    }
    json.allow(fields);
    return new SplitContent(
        json.count("rows"),
        json.count("tokens"),
        json.count("unknown"),
        captions ? json.count("images") : 0,
        hashed ? Optional.of(json.text(ROWS_SHA256)) : Optional.empty(),
        sequences ? json.count(DatasetKind.GIVEN) : 0,
        shape.isPresent() ? json.integer(LONGEST) : 0,
        labels ? targets(json.object(TARGETS)) : Map.of(),
        texts ? targetTexts(json) : TargetTexts.NONE,
        json.objects("files", ManifestJson::file));
  }

  private static Map<String, Long> targets(JsonObjectReader json) {
    Map<String, Long> targets = new LinkedHashMap<>();
    json.names().forEach(label -> targets.put(label, json.count(label)));
    return targets;
  }

  private static TargetTexts targetTexts(JsonObjectReader json) {
    return new TargetTexts(
        json.count(TARGET_TOKENS), json.count(TARGET_UNKNOWN), json.integer(LONGEST_TARGET));
  }

  private static PartFile file(JsonObjectReader json) {
    json.allow(List.of("name", "bytes", "sha256"));
    if (!FILE_NAME.matcher(json.text("name")).matches()) {
      throw json.invalid("name", "part-....parquet");
    }
    return new PartFile(json.text("name"), json.count("bytes"), json.text("sha256"));
  }
}
