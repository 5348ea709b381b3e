package io.unroll.worker.model;

import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Axis;
import io.unroll.worker.layer.Blueprint;
import io.unroll.worker.layer.Embedding;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.Module;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.Pass;
import io.unroll.worker.layer.RecurrentLayer;
import io.unroll.worker.layer.Signal;
import io.unroll.worker.layer.SoftmaxOutput;
import io.unroll.worker.parallel.Cores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The modules of a model, in the order in which they read each other, and its output layer, if it
 * says anything itself.
 */
final class Network {
  private final Blueprint blueprint;
  private final Cores cores;
  private final List<Module> modules = new ArrayList<>();
  private Embedding embedding;
  private SoftmaxOutput output;
  private boolean hasParameters;

  /**
   * A network without modules.
   *
   * @param widest most columns of a weight
   * @param maxTime largest T of a window
   * @param maxBatch largest B of a window
   * @throws IllegalArgumentException if either is below 1
   */
  Network(ParameterLayout layout, int widest, int maxTime, int maxBatch, Cores cores) {
    if (maxTime < 1 || maxBatch < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot allocate a model for %d steps of %d sequences: both must be at least 1",
              maxTime,
              maxBatch));
    }
    this.blueprint = new Blueprint(layout, new Axis(maxTime, maxBatch), widest, cores);
    this.cores = cores;
  }

  /** What the modules are built from. */
  Blueprint blueprint() {
    return blueprint;
  }

  /** The list that modules are added to. */
  List<Module> modules() {
    return modules;
  }

  <M extends Module> M add(M module) {
    modules.add(module);
    return module;
  }

  /**
   * Adds the embedding of the tokens that are read.
   *
   * @param tensor its name
   * @param tied whether the output layer shares it
   * @param dropped probability of dropping the vector of a token
   */
  Embedding addEmbedding(String tensor, boolean tied, double dropped) {
    embedding = add(new Embedding(blueprint, tensor, tied, dropped));
    return embedding;
  }

  /** Adds one that drops no token. */
  Embedding addEmbedding(String tensor, boolean tied) {
    return addEmbedding(tensor, tied, 0);
  }

  /**
   * Ends the network.
   *
   * @param weight name of the output layer's weight
   * @param smoothing of the labels
   */
  void end(String weight, double smoothing, Signal input) {
    output = new SoftmaxOutput(blueprint, weight, smoothing, input);
  }

  /** Ends the network; labels are not smoothed. */
  void end(String weight, Signal input) {
    end(weight, 0, input);
  }

  Cores cores() {
    return cores;
  }

  /** The recurrent layers, each below those that read it. */
  List<RecurrentLayer> recurrentLayers() {
    return modules.stream()
        .filter(RecurrentLayer.class::isInstance)
        .map(RecurrentLayer.class::cast)
        .toList();
  }

  ParameterLayout layout() {
    return blueprint.layout();
  }

  SoftmaxOutput output() {
    return output;
  }

  /** See {@link Model#use}. */
  void use(float[] parameters) {
    checkSize("parameters", parameters, layout().size());
    blueprint.use(parameters);
    modules.forEach(module -> module.use(parameters));
    if (output != null) {
      output.use(parameters);
    }
    hasParameters = true;
  }

  /** Runs all modules but the output layer. */
  void forward(Pass pass) {
    if (!hasParameters) {
      throw new IllegalStateException("Cannot run the model: it has no parameters yet (call use)");
    }
    Axis axis = pass.axis();
    Axis capacity = blueprint.capacity();
    if (axis.time() > capacity.time() || axis.batch() > capacity.batch()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot run %d steps of %d sequences: the model was allocated for %d and %d",
              axis.time(),
              axis.batch(),
              capacity.time(),
              capacity.batch()));
    }
    for (Module module : modules) {
      module.forward(pass);
    }
  }

  /**
   * Runs forward and backward.
   *
   * @param gradient overwritten by that of the mean loss
   * @return the summed loss in nats
   */
  double lossAndGradient(Window window, Pass pass, Gradient gradient) {
    checkSize("gradient", gradient.values(), layout().size());
    clearTokens();
    forward(pass);
    gradient.clear(cores);
    beginBackward();
    double sum = outputGradient(window, gradient);
    backward(pass, gradient);
    addSpans(gradient);
    return sum;
  }

  /** Forgets the tokens of windows before. */
  void clearTokens() {
    if (embedding != null) {
      embedding.clear();
    }
  }

  /** Before the gradients of a window. */
  void beginBackward() {
    blueprint.beginBackward();
    if (embedding != null) {
      embedding.beginBackward();
    }
  }

  /**
   * Runs the output layer forward and backward.
   *
   * @return the summed loss in nats
   */
  double outputGradient(Window window, Gradient gradient) {
    int predictions = window.predictions();
    float scale = predictions == 0 ? 0f : 1f / predictions;
    double[] losses = output.lossAndGradient(window, scale, gradient.values());
    double sum = 0;
    for (int x = 0; x < window.targetRows(); x++) {
      sum += losses[x];
    }
    return sum;
  }

  /** Runs all modules backward. */
  void backward(Pass pass, Gradient gradient) {
    for (int m = modules.size() - 1; m >= 0; m--) {
      modules.get(m).backward(pass);
      modules.get(m).accumulate(pass, gradient.values());
    }
  }

  private void addSpans(Gradient gradient) {
    if (embedding == null) {
      gradient.addAll();
    } else {
      embedding.addSpans(gradient.spans(), layout().size());
    }
  }

  /** Arrays may be longer than needed, so that one serves batches of several sizes. */
  static void checkSize(String name, float[] array, int needed) {
    if (array.length < needed) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot use %s of %d numbers: the model needs %d",
              name,
              array.length,
              needed));
    }
  }
}
