package io.unroll.dataprep.examples;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.dataset.Source;
import io.unroll.dataprep.dataset.SourceChanges;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.source.ComparedSources;
import io.unroll.dataprep.source.EarlierSources;
import io.unroll.dataprep.source.Inputs;
import io.unroll.dataprep.source.Recognition;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.source.SourceHashes;
import io.unroll.dataprep.summary.Count;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Text files with examples, found, recognised and hashed. */
public final class TextFiles {
  private final Cluster cluster;
  private final ExampleSettings settings;
  private final Function<List<Source>, ComparedSources> comparison;

  private TextFiles(Cluster cluster, ExampleSettings settings) {
    this.cluster = cluster;
    this.settings = settings;
    this.comparison = EarlierSources.comparison(settings.output().since(), cluster.hadoop());
  }

  /**
   * Finds them.
   *
   * @param reader how each is read
   * @throws DataException if one is missing, empty, or no text
   */
  public static ExampleCorpora find(
      Cluster cluster,
      ExampleUris uris,
      ExampleSettings settings,
      Function<SourceFile, ExampleInput> reader) {
    var found = new TextFiles(cluster, settings);
    Map<Split, List<SourceFile>> files = found.files(uris);
    Map<Split, List<ExampleInput>> readers = new EnumMap<>(Split.class);
    files.forEach((split, own) -> readers.put(split, own.stream().map(reader).toList()));
    return found.corpora(files.values().stream(), readers);
  }

  /**
   * Finds files of which each belongs to another.
   *
   * @param targets of the same splits
   * @param reader how two that belong together are read
   * @throws DataException if one is missing, empty, or no text, or there are not as many targets
   */
  public static ExampleCorpora findPairs(
      Cluster cluster,
      ExampleUris uris,
      ExampleUris targets,
      ExampleSettings settings,
      BiFunction<SourceFile, SourceFile, ExampleInput> reader) {
    var found = new TextFiles(cluster, settings);
    Map<Split, List<SourceFile>> files = found.files(uris);
    Map<Split, List<SourceFile>> others = found.files(targets);
    Map<Split, List<ExampleInput>> readers = new EnumMap<>(Split.class);
    files.forEach(
        (split, own) ->
            readers.put(split, pairs("split " + split.label(), own, others.get(split), reader)));
    return found.corpora(
        files.keySet().stream().flatMap(split -> Stream.of(files.get(split), others.get(split))),
        readers);
  }

  /**
   * Pairs files with those that belong to them, in the order of both.
   *
   * @param whose files they are, for messages
   * @param files at least one
   * @param targets at least one
   * @param reader how two that belong together are read
   * @throws DataException if there are not as many targets
   */
  public static List<ExampleInput> pairs(
      String whose,
      List<SourceFile> files,
      List<SourceFile> targets,
      BiFunction<SourceFile, SourceFile, ExampleInput> reader) {
    if (files.size() != targets.size()) {
      throw new DataException(
          "Cannot pair the files of %s: there are %s of sources and %s of targets (expected as many, in the same order; %s is the first of these, %s of those)"
              .formatted(
                  whose,
                  Count.of(files.size(), "file"),
                  Count.of(targets.size(), "file"),
                  targets.get(0).uri(),
                  files.get(0).uri()));
    }
    return IntStream.range(0, files.size())
        .mapToObj(x -> reader.apply(files.get(x), targets.get(x)))
        .toList();
  }

  private Map<Split, List<SourceFile>> files(ExampleUris uris) {
    var inputs = new Inputs(cluster.hadoop());
    Map<Split, List<SourceFile>> files = new EnumMap<>(Split.class);
    uris.bySplit()
        .forEach((split, own) -> files.put(split, Recognition.of(cluster, inputs.files(own))));
    return files;
  }

  private ExampleCorpora corpora(
      Stream<List<SourceFile>> files, Map<Split, List<ExampleInput>> readers) {
    List<SourceFile> all = files.flatMap(List::stream).distinct().toList();
    ComparedSources sources = comparison.apply(SourceHashes.of(cluster, all));
    return new ExampleCorpora(
        readers, sources, 0, Optional.empty(), "line", notes(sources, settings.division()));
  }

  static List<String> notes(ComparedSources sources, Division division) {
    List<String> notes = new ArrayList<>(sources.notes(Fractions.ALL_TRAIN));
    if (division instanceof Division.Shuffled
        && sources.changes().filter(TextFiles::isOther).isPresent()) {
      notes.add(
          "the splits are drawn anew from all examples, so that some that an earlier model was trained on can be in the validation split now (--split-by and --valid-input keep them apart)");
    }
    return notes;
  }

  private static boolean isOther(SourceChanges changes) {
    return !(changes.added().isEmpty() && changes.changed().isEmpty() && changes.gone().isEmpty());
  }
}
