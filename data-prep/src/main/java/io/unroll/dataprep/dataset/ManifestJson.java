package io.unroll.dataprep.dataset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.SplitContent.PartFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** manifest.json, versions 1 and 2: see docs/formats/dataset.md. */
final class ManifestJson {
  /** The version that is written. Version 1 has no hashes of rows. */
  static final int NEWEST = 2;

  private static final String FORMAT = "unroll-dataset";
  private static final String ROWS_SHA256 = "rows-sha256";

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
    TokenizerJson.write(manifest.tokenizer(), root.putObject("tokenizer"));
    root.putObject("vocabulary")
        .put("size", manifest.vocabularySize())
        .put("fingerprint", manifest.vocabularyFingerprint());
    if (manifest.kind() == DatasetKind.STREAM) {
      root.put("block-length", manifest.blockLength());
    }
    var sources = root.putArray("sources");
    for (Source source : manifest.sources()) {
      sources
          .addObject()
          .put("uri", source.uri())
          .put("bytes", source.bytes())
          .put("sha256", source.sha256());
    }
    ObjectNode splits = root.putObject("splits");
    manifest
        .splits()
        .forEach((split, content) -> write(content, manifest, splits.putObject(split.label())));
    return root.toPrettyString() + "\n";
  }

  private static void write(SplitContent content, Manifest manifest, ObjectNode into) {
    if (manifest.kind() == DatasetKind.CAPTIONS) {
      into.put("images", content.images());
    }
    into.put("rows", content.rows());
    into.put("tokens", content.tokens());
    into.put("unknown", content.unknown());
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

  static Manifest read(String json) {
    JsonObjectReader root = JsonObjectReader.parse("manifest", json, FORMAT, NEWEST);
    DatasetKind kind = kind(root);
    boolean stream = kind == DatasetKind.STREAM;
    List<String> fields =
        new ArrayList<>(
            List.of("format", "version", "kind", "tokenizer", "vocabulary", "sources", "splits"));
    if (stream) {
      fields.add("block-length");
    }
    root.allow(fields);
    JsonObjectReader vocabulary = root.object("vocabulary");
    vocabulary.allow(List.of("size", "fingerprint"));
    return new Manifest(
        kind,
        TokenizerJson.read(root.object("tokenizer")),
        vocabulary.integer("size"),
        vocabulary.text("fingerprint"),
        stream ? blockLength(root) : 0,
        root.objects("sources", ManifestJson::source),
        splits(root, kind));
  }

  private static DatasetKind kind(JsonObjectReader root) {
    String label = root.text("kind");
    return Arrays.stream(DatasetKind.values())
        .filter(kind -> kind.label().equals(label))
        .findFirst()
        .orElseThrow(() -> root.invalid("kind", "stream or captions"));
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

  private static Map<Split, SplitContent> splits(JsonObjectReader root, DatasetKind kind) {
    JsonObjectReader json = root.object("splits");
    boolean hashed = root.integer("version") > 1;
    json.allow(Arrays.stream(Split.values()).map(Split::label).toList());
    Map<Split, SplitContent> splits = new EnumMap<>(Split.class);
    for (String label : json.names()) {
      splits.put(Split.of(label), content(json.object(label), kind, hashed));
    }
    if (!splits.containsKey(Split.TRAIN)) {
      throw new DataException("Invalid manifest: splits.train is missing");
    }
    return splits;
  }

  private static SplitContent content(JsonObjectReader json, DatasetKind kind, boolean hashed) {
    boolean captions = kind == DatasetKind.CAPTIONS;
    List<String> fields = new ArrayList<>(List.of("rows", "tokens", "unknown", "files"));
    if (captions) {
      fields.add("images");
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
        json.objects("files", ManifestJson::file));
  }

  private static PartFile file(JsonObjectReader json) {
    json.allow(List.of("name", "bytes", "sha256"));
    if (!FILE_NAME.matcher(json.text("name")).matches()) {
      throw json.invalid("name", "part-....parquet");
    }
    return new PartFile(json.text("name"), json.count("bytes"), json.text("sha256"));
  }
}
