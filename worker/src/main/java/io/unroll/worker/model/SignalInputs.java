package io.unroll.worker.model;

/** {@link GateInputs} from the layer below: one product for all T·B rows. */
final class SignalInputs implements GateInputs {
  private final Signal input;
  private final Linear weight;
  private final Bias bias;

  SignalInputs(Signal input, Linear weight, Bias bias) {
    this.input = input;
    this.weight = weight;
    this.bias = bias;
  }

  @Override
  public void use(float[] parameters) {
    weight.use(parameters);
    bias.use(parameters);
  }

  @Override
  public void forward(int time, int batch, float[] gates) {
    int rows = time * batch;
    int from = input.offset(0, batch);
    weight.product(rows, input.values(), from, bias.values(), gates, 0, bias.size());
  }

  @Override
  public void backward(int time, int batch, float[] dGates, float[] gradient) {
    int rows = time * batch;
    int from = input.offset(0, batch);
    weight.addWeightGradient(rows, dGates, 0, bias.size(), input.values(), from, gradient);
    bias.addGradient(rows, dGates, gradient);
    weight.inputGradient(rows, dGates, 0, bias.size(), input.gradient(), from);
  }
}
