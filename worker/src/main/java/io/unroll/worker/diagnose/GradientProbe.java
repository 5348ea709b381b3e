package io.unroll.worker.diagnose;

import io.unroll.worker.data.Example;
import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Axis;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.RecurrentLayer;
import io.unroll.worker.layer.Saturation;
import io.unroll.worker.model.Labeler;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.model.Model;
import io.unroll.worker.parallel.Cores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Measures how the gradient of one late loss grows or decays over the steps before it (Hochreiter
 * 1991; Pascanu, Mikolov and Bengio 2013, section 2): the norm of dL/dh of each recurrent layer,
 * step by step backward, by the model's own backward pass, without dropout. L is
 *
 * <ul>
 *   <li>of a language model, the loss of the last token of a sequence;
 *   <li>of a labeler with a label per sequence, its loss;
 *   <li>of one with a label per step, the loss of the step that a layer does last: the last one,
 *       and the first one for layers that read from the end.
 * </ul>
 *
 * <p>The gates' saturation is that of the same sequences. Not thread-safe.
 */
public final class GradientProbe {
  /** Sequences side by side. */
  private static final int BATCH = 16;

  private final float[] parameters;
  private final int norms;
  private final Cores cores;
  private final List<LayerGradients> found = new ArrayList<>();

  /**
   * Takes a model's parameters.
   *
   * @param parameters not modified
   * @param steps how many steps to look back, at least 1
   */
  public GradientProbe(float[] parameters, int steps, Cores cores) {
    this.parameters = parameters;
    this.norms = steps + 1;
    this.cores = cores;
  }

  /** Which step's loss is looked at, where each has one. */
  private enum Late {
    /** For layers that read forward. */
    LAST,
    /** For layers that read from the end. */
    FIRST
  }

  /**
   * Measures a language model, each sequence from a state of zeros.
   *
   * @param sequences of at least 2 tokens each
   */
  public List<LayerGradients> ofTexts(LanguageArchitecture architecture, List<int[]> sequences) {
    List<int[]> sorted = sorted(sequences, Comparator.comparingInt(tokens -> -tokens.length));
    int longest = sorted.get(0).length - 1;
    LanguageModel model = architecture.model(longest, BATCH, cores);
    model.use(parameters);
    begin(model);
    Window window = new Window(longest, BATCH);
    float[] state = new float[model.stateSize() * BATCH];
    Gradient gradient = new Gradient(new float[model.layout().size()]);
    for (int from = 0; from < sorted.size(); from += BATCH) {
      List<int[]> batch = sorted.subList(from, Math.min(from + BATCH, sorted.size()));
      Axis axis = fill(window, batch);
      model.loss(window, state, new double[batch.size()]);
      count(model, axis);
      model.lossAndGradient(window, state, DropoutMasks.NONE, gradient);
      read(model, axis, layer -> true);
    }
    return List.copyOf(found);
  }

  /** What follows a shorter sequence weighs nothing, and nothing before depends on it. */
  private static Axis fill(Window window, List<int[]> batch) {
    int count = batch.size();
    int[] lengths = batch.stream().mapToInt(tokens -> tokens.length - 1).toArray();
    window.begin(lengths[0], count, true);
    for (int t = 0; t < lengths[0]; t++) {
      for (int b = 0; b < count; b++) {
        boolean within = t < lengths[b];
        window.inputs()[t * count + b] = within ? batch.get(b)[t] : 0;
        window.targets()[t * count + b] = within ? batch.get(b)[t + 1] : 0;
        window.weights()[t * count + b] = t == lengths[b] - 1 ? 1f : 0f;
      }
    }
    return new Axis(lengths[0], count, lengths);
  }

  /** Measures a labeler on examples with their labels. */
  public List<LayerGradients> ofExamples(LabelerArchitecture architecture, List<Example> examples) {
    List<Example> sorted = sorted(examples, Comparator.comparingInt(example -> -example.steps()));
    int longest = sorted.get(0).steps();
    Labeler labeler = architecture.model(longest, BATCH, cores);
    labeler.use(parameters);
    begin(labeler);
    int places = architecture.isPooled() ? 1 : longest;
    float[] logits = new float[places * BATCH * architecture.labels()];
    Window window = new Window(longest, BATCH, architecture.vectorSize());
    Gradient gradient = new Gradient(new float[labeler.layout().size()]);
    for (int from = 0; from < sorted.size(); from += BATCH) {
      List<Example> batch = sorted.subList(from, Math.min(from + BATCH, sorted.size()));
      fill(window, batch, architecture.isPooled());
      Axis axis = Axis.of(window);
      labeler.logits(window, logits);
      count(labeler, axis);
      if (architecture.isPooled()) {
        differentiate(labeler, window, gradient);
        read(labeler, axis, layer -> true);
      } else {
        only(Late.LAST, window, axis);
        differentiate(labeler, window, gradient);
        read(labeler, axis, layer -> !layer.tensors().reverse());
        if (architecture.stack().bidirectional()) {
          only(Late.FIRST, window, axis);
          differentiate(labeler, window, gradient);
          read(labeler, axis, layer -> layer.tensors().reverse());
        }
      }
    }
    return List.copyOf(found);
  }

  private static void fill(Window window, List<Example> batch, boolean pooled) {
    window.beginExamples(batch.get(0).steps(), batch.size(), pooled);
    for (int b = 0; b < batch.size(); b++) {
      window.put(b, batch.get(b));
    }
  }

  private static void only(Late step, Window window, Axis axis) {
    for (int t = 0; t < axis.time(); t++) {
      for (int b = 0; b < axis.batch(); b++) {
        int late = step == Late.LAST ? axis.length(b) - 1 : 0;
        window.weights()[t * axis.batch() + b] = t == late ? 1f : 0f;
      }
    }
  }

  private static void differentiate(Labeler labeler, Window window, Gradient gradient) {
    labeler.lossAndGradient(window, new float[0], DropoutMasks.NONE, gradient);
  }

  private static <T> List<T> sorted(List<T> sequences, Comparator<T> order) {
    if (sequences.isEmpty()) {
      throw new IllegalArgumentException("Cannot measure gradients: there are no sequences");
    }
    return sequences.stream().sorted(order).toList();
  }

  private void begin(Model model) {
    found.clear();
    for (RecurrentLayer layer : model.recurrentLayers()) {
      found.add(
          new LayerGradients(layer.tensors(), new ArrayList<>(), new Saturation(layer.cell())));
    }
  }

  private void count(Model model, Axis axis) {
    List<RecurrentLayer> layers = model.recurrentLayers();
    for (int l = 0; l < layers.size(); l++) {
      layers.get(l).count(axis, found.get(l).saturation());
    }
  }

  /** The gradient is that of the mean over the sequences: it is taken back. */
  private void read(Model model, Axis axis, Predicate<RecurrentLayer> which) {
    List<RecurrentLayer> layers = model.recurrentLayers();
    for (int l = 0; l < layers.size(); l++) {
      if (which.test(layers.get(l))) {
        for (int b = 0; b < axis.batch(); b++) {
          double[] sequence = new double[Math.min(norms, axis.length(b))];
          for (int d = 0; d < sequence.length; d++) {
            int step = axis.length(b) - 1 - d;
            sequence[d] = axis.batch() * layers.get(l).gradientNorm(axis.batch(), step, b);
          }
          found.get(l).norms().add(sequence);
        }
      }
    }
  }
}
