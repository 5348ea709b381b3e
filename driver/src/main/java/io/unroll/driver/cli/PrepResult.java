package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.counting.NewTokens;
import io.unroll.dataprep.dataset.Manifest;
import io.unroll.dataprep.dataset.Source;
import io.unroll.dataprep.dataset.SourceChanges;
import io.unroll.dataprep.dataset.SplitContent;
import io.unroll.dataprep.dataset.VocabularySummary;
import io.unroll.dataprep.dataset.VocabularyUse;
import io.unroll.dataprep.summary.PreparationSummary;
import java.util.List;
import java.util.Optional;

/** What `prep` did, for scripts: see docs/formats/results.md. */
final class PrepResult {
  private PrepResult() {}

  static void put(String kind, PreparationSummary summary, ObjectNode object) {
    Manifest manifest = summary.manifest();
    Optional<VocabularySummary> tokens =
        Optional.ofNullable(manifest.vocabularies().get(VocabularyUse.TOKENS));
    Optional<VocabularySummary> targets =
        Optional.ofNullable(manifest.vocabularies().get(VocabularyUse.TARGETS));
    object
        .put("command", "prep")
        .put("kind", kind)
        .put("output", summary.output())
        .put("fingerprint", manifest.contentFingerprint())
        .put("vocabulary-size", tokens.map(VocabularySummary::size).orElse(null))
        .put("vocabulary-fingerprint", tokens.map(VocabularySummary::fingerprint).orElse(null));
    targets.ifPresent(
        own ->
            object
                .put("target-vocabulary-size", own.size())
                .put("target-vocabulary-fingerprint", own.fingerprint()));
    putNewTokens(summary.newTokens(), object);
    object
        .put("source-files", manifest.sources().size())
        .put("source-bytes", manifest.sources().stream().mapToLong(Source::bytes).sum());
    putChanges(manifest.since(), object);
    ObjectNode splits = object.putObject("splits");
    manifest.splits().forEach((split, content) -> put(content, splits.putObject(split.label())));
    ArrayNode notes = object.putArray("notes");
    summary.remarks().forEach(notes::add);
  }

  private static void putNewTokens(Optional<NewTokens> newTokens, ObjectNode object) {
    object.put("new-tokens", newTokens.map(added -> added.tokens().size()).orElse(null));
    if (newTokens.isEmpty()) {
      object.putNull("new-token-examples");
    } else {
      ArrayNode examples = object.putArray("new-token-examples");
      newTokens.get().first().forEach(count -> examples.add(count.token()));
    }
  }

  private static void putChanges(Optional<SourceChanges> since, ObjectNode object) {
    if (since.isEmpty()) {
      object.putNull("since");
      return;
    }
    SourceChanges changes = since.get();
    ObjectNode into = object.putObject("since");
    into.put("dataset", changes.dataset())
        .put("fingerprint", changes.fingerprint())
        .put("new-bytes", changes.added().stream().mapToLong(Source::bytes).sum());
    putFiles(changes.added(), into.putArray("new"));
    putFiles(changes.changed(), into.putArray("changed"));
    putFiles(changes.gone(), into.putArray("gone"));
  }

  private static void putFiles(List<Source> files, ArrayNode into) {
    files.forEach(file -> into.add(file.uri()));
  }

  private static void put(SplitContent content, ObjectNode split) {
    split
        .put("tokens", content.tokens())
        .put("unknown", content.unknown())
        .put("rows", content.rows())
        .put("images", content.images());
    if (content.longest() > 0) {
      split
          .put("longest", content.longest())
          .put("mean-length", (double) content.tokens() / Math.max(1, content.rows()));
      putTargets(content, split);
    }
  }

  private static void putTargets(SplitContent content, ObjectNode split) {
    if (content.targets().isEmpty()) {
      split
          .put("target-tokens", content.targetTokens())
          .put("target-unknown", content.targetUnknown())
          .put("longest-target", content.longestTarget());
    } else {
      ObjectNode labels = split.putObject("labels");
      content.targets().forEach(labels::put);
    }
  }
}
