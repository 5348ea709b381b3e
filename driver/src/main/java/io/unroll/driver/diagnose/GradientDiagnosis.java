package io.unroll.driver.diagnose;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Split;
import io.unroll.driver.data.SplitData;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.report.GradientCurve;
import io.unroll.worker.data.Example;
import io.unroll.worker.diagnose.GradientProbe;
import io.unroll.worker.diagnose.LayerGradients;
import io.unroll.worker.layer.RecurrentTensors;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.parallel.Cores;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * How gradients of a late loss go back through models, on some sequences of a split. The sequences
 * are read by Spark; they are few, and measured here.
 */
public final class GradientDiagnosis {
  private final SparkSession spark;
  private final DatasetDirectory dataset;
  private final Split split;
  private final int sequences;
  private final int steps;

  /** Null until a model is there that can be measured: opening reads the whole split. */
  private SplitData opened;

  /**
   * Reads nothing yet.
   *
   * @param sequences how many at most, evenly over the split
   * @param steps how many steps before the loss
   */
  public GradientDiagnosis(
      SparkSession spark, DatasetDirectory dataset, Split split, int sequences, int steps) {
    this.spark = spark;
    this.dataset = dataset;
    this.split = split;
    this.sequences = sequences;
    this.steps = steps;
  }

  /**
   * The curve of each recurrent layer.
   *
   * @throws DataException if the model writes about what it reads or does not fit the dataset, or
   *     the split is not there, is damaged, or has nothing to predict
   */
  public List<GradientCurve> of(TrainedModel model) {
    if (model.architecture() instanceof EncoderDecoderArchitecture) {
      throw new DataException(
          "Cannot diagnose the model %s: it %s (expected one that predicts text or gives labels)"
              .formatted(model.uri(), model.purpose()));
    }
    TrainedModel fitted = model.fittedTo(dataset);
    SplitData data = data();
    spark.sparkContext().setJobDescription("read some sequences");
    return gradients(fitted, data).stream().map(GradientDiagnosis::curve).toList();
  }

  private SplitData data() {
    if (opened == null) {
      opened = SplitData.open(spark, dataset, split);
    }
    if (opened.predictions() == 0) {
      throw new DataException(
          "Cannot diagnose on split %s of %s: it has nothing to predict"
              .formatted(split.label(), dataset.uri()));
    }
    return opened;
  }

  private List<LayerGradients> gradients(TrainedModel model, SplitData data) {
    Cores cores = Cores.of(Runtime.getRuntime().availableProcessors(), KernelChoice::fastest);
    GradientProbe probe = new GradientProbe(model.parameters(), steps, cores);
    if (model.architecture() instanceof LabelerArchitecture labeler) {
      List<Example> examples = data.someExamples(sequences);
      return cores.withThreads("diagnosis", () -> probe.ofExamples(labeler, examples));
    }
    // Half of each stretch comes before what is looked at, so that the state is a usual one.
    List<int[]> texts = data.excerpts(sequences, 2 * steps + 2);
    return cores.withThreads("diagnosis", () -> probe.ofTexts(model.language(), texts));
  }

  private static GradientCurve curve(LayerGradients found) {
    return GradientCurve.of(name(found.place()), found.norms(), found.saturation().shares());
  }

  private static String name(RecurrentTensors place) {
    return String.format(
        Locale.ROOT, "layer %d%s", place.layer() + 1, place.reverse() ? ", from the end" : "");
  }
}
