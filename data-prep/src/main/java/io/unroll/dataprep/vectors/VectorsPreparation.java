package io.unroll.dataprep.vectors;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.examples.ExampleCorpora;
import io.unroll.dataprep.examples.ExampleInput;
import io.unroll.dataprep.examples.ExamplePreparation;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.Mixing;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.source.ComparedSources;
import io.unroll.dataprep.source.EarlierSources;
import io.unroll.dataprep.source.Inputs;
import io.unroll.dataprep.source.Recognition;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.source.SourceHashes;
import io.unroll.dataprep.source.TextLines;
import io.unroll.dataprep.summary.PreparationSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Arrays of vectors with labels to a dataset of examples. Belongs to the Spark driver. */
public final class VectorsPreparation {
  private final SparkSession spark;
  private final VectorUris uris;
  private final Optional<String> classes;
  private final Scaling scaling;
  private final VectorView view;
  private final ExampleSettings settings;

  /**
   * @param classes a file with the names of the labels, one in each line, by their numbers
   * @param view what is made of each array
   * @param settings whose target is found in the files
   */
  public VectorsPreparation(
      SparkSession spark,
      VectorUris uris,
      Optional<String> classes,
      Scaling scaling,
      VectorView view,
      ExampleSettings settings) {
    this.spark = spark;
    this.uris = uris;
    this.classes = classes;
    this.scaling = scaling;
    this.view = view;
    this.settings = settings;
  }

  /** What is written when labels, or tags, are found. */
  private record Found(ExampleCorpora corpora, Target target) {}

  /** Does all that {@link ExamplePreparation#run} does. */
  public PreparationSummary run() {
    try (var cluster = new Cluster(spark)) {
      Found found = find(cluster);
      return new ExamplePreparation(spark, settings.with(found.target()))
          .run(own -> found.corpora());
    }
  }

  private Found find(Cluster cluster) {
    var comparison = EarlierSources.comparison(settings.output().since(), cluster.hadoop());
    List<SourceFile> all = new ArrayList<>();
    Optional<SourceFile> classesFile = classes.map(uri -> files(cluster, List.of(uri)).get(0));
    List<String> names = classesFile.map(file -> names(cluster, file)).orElse(List.of());
    Map<Split, List<ExampleInput>> inputs = new EnumMap<>(Split.class);
    VectorShape shape = null;
    for (var split : uris.vectors().bySplit().entrySet()) {
      List<SourceFile> vectors = files(cluster, split.getValue());
      List<SourceFile> labels = files(cluster, uris.labels().bySplit().get(split.getKey()));
      if (vectors.size() != labels.size()) {
        throw new DataException(
            "Cannot pair the files of split %s: %s of vectors, %s of labels (name them one by one)"
                .formatted(split.getKey().label(), vectors.size(), labels.size()));
      }
      List<ExampleInput> pairs = new ArrayList<>();
      for (int x = 0; x < vectors.size(); x++) {
        var pair =
            new VectorFiles(
                vectors.get(x), labels.get(x), number(split.getKey(), x), names, scaling, view);
        shape = same(shape, pair.shape(cluster.hadoop()), pair);
        pairs.add(pair);
        all.add(vectors.get(x));
        all.add(labels.get(x));
      }
      inputs.put(split.getKey(), pairs);
    }
    classesFile.ifPresent(all::add);
    ComparedSources sources = comparison.apply(SourceHashes.of(cluster, all));
    var corpora =
        new ExampleCorpora(
            inputs,
            sources,
            shape.size(),
            view.labels(names.isEmpty() ? Optional.empty() : Optional.of(names)),
            "row",
            sources.notes(Fractions.ALL_TRAIN));
    return new Found(corpora, shape.target());
  }

  private static long number(Split split, int file) {
    return Mixing.of(Mixing.of(0, split.label()), file);
  }

  private static VectorShape same(VectorShape first, VectorShape other, VectorFiles pair) {
    if (first != null && !first.equals(other)) {
      throw new DataException(
          "Cannot read %s: it has %s numbers a vector and a label for each %s, but the files before have %s and %s"
              .formatted(
                  pair.name(),
                  other.size(),
                  word(other.target()),
                  first.size(),
                  word(first.target())));
    }
    return other;
  }

  private static String word(Target target) {
    return target == Target.LABEL ? "example" : "vector";
  }

  private static List<SourceFile> files(Cluster cluster, List<String> uris) {
    return new Inputs(cluster.hadoop())
        .files(uris).stream().map(file -> Recognition.unpacked(file, cluster.hadoop())).toList();
  }

  private static List<String> names(Cluster cluster, SourceFile file) {
    List<String> names = new ArrayList<>();
    try (var lines = new TextLines(file.open(cluster.hadoop(), 0), file.uri())) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank()) {
          names.add(line.strip());
        }
      }
    } catch (IOException e) {
      throw file.unreadable(e);
    }
    if (names.stream().distinct().count() < names.size()) {
      throw new DataException(
          "Cannot read %s: it has a name twice (expected a name for each label)"
              .formatted(file.uri()));
    }
    return names;
  }
}
