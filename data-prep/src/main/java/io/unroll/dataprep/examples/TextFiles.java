package io.unroll.dataprep.examples;

import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.dataset.SourceChanges;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.source.ComparedSources;
import io.unroll.dataprep.source.EarlierSources;
import io.unroll.dataprep.source.Inputs;
import io.unroll.dataprep.source.Recognition;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.source.SourceHashes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Text files with examples, found, recognised and hashed. */
public final class TextFiles {
  private TextFiles() {}

  /**
   * Finds them.
   *
   * @param reader how each is read
   * @throws io.unroll.dataprep.DataException if one is missing, empty, or no text
   */
  public static ExampleCorpora find(
      Cluster cluster,
      ExampleUris uris,
      ExampleSettings settings,
      Function<SourceFile, ExampleInput> reader) {
    var comparison = EarlierSources.comparison(settings.output().since(), cluster.hadoop());
    var inputs = new Inputs(cluster.hadoop());
    Map<Split, List<SourceFile>> files = new EnumMap<>(Split.class);
    uris.bySplit()
        .forEach((split, own) -> files.put(split, Recognition.of(cluster, inputs.files(own))));
    ComparedSources sources =
        comparison.apply(
            SourceHashes.of(
                cluster, files.values().stream().flatMap(Collection::stream).distinct().toList()));
    Map<Split, List<ExampleInput>> readers = new EnumMap<>(Split.class);
    files.forEach((split, own) -> readers.put(split, own.stream().map(reader).toList()));
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
