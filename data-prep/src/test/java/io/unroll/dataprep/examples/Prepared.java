package io.unroll.dataprep.examples;

import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.ExampleRow;
import io.unroll.dataprep.dataset.Split;
import java.nio.file.Path;
import java.util.List;

/** Examples that a test prepared, in words. */
public final class Prepared {
  private Prepared() {}

  public static DatasetDirectory open(Path dataset) {
    return DatasetDirectory.open(
        dataset.toString(), LocalSpark.session().sparkContext().hadoopConfiguration());
  }

  /** Examples of a split in the order of their ids, as {@code LABELS: TOKENS}; reads it through. */
  public static List<String> examples(Path path, Split split) {
    DatasetDirectory dataset = open(path);
    dataset.verify(LocalSpark.session(), split);
    return rows(dataset, split).stream()
        .map(
            row ->
                dataset.labels().decode(row.getTargets())
                    + ": "
                    + dataset.vocabulary().decode(row.getTokens()))
        .toList();
  }

  /** The rows of a split in the order of their ids. */
  public static List<ExampleRow> rows(DatasetDirectory dataset, Split split) {
    return ExampleRow.of(
            dataset.rows(LocalSpark.session(), split).orderBy("id"),
            dataset.manifest().examples().orElseThrow())
        .collectAsList();
  }
}
