package io.unroll.worker.model;

import io.unroll.worker.data.Window;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.RecurrentLayer;
import java.util.List;

/** What is trained, whatever it is made of. Not thread-safe. */
public sealed interface Model permits LanguageModel, Labeler, EncoderDecoder {
  /** Where each tensor lies in the parameters. */
  ParameterLayout layout();

  /** The recurrent layers of the stack, level by level, in each that which reads forward first. */
  List<RecurrentLayer> recurrentLayers();

  /** Floats of state that one sequence carries from window to window. */
  int stateSize();

  /**
   * Takes parameters: the reference is kept and the weights are packed. To be called again after
   * every change of the array.
   *
   * @param parameters {@code layout().size()} numbers; not modified
   * @throws IllegalArgumentException if the length is another one
   */
  void use(float[] parameters);

  /**
   * Loss of a window and its gradient. The state is carried from window to window; the gradient is
   * cut between them.
   *
   * @param window its batch sets the stride of the state
   * @param state {@link #stateSize()} · B numbers; zeroed first if the window is fresh; advanced to
   *     the end of the window
   * @param dropout of this step, or {@link DropoutMasks#NONE}
   * @param gradient of {@code layout().size()} numbers; overwritten by the gradient of the mean
   *     loss over {@link Window#predictions()}; all 0 if there are none
   * @return the summed loss in nats
   * @throws IllegalArgumentException if a size does not fit or a token is not in the vocabulary
   */
  double lossAndGradient(Window window, float[] state, DropoutMasks dropout, Gradient gradient);
}
