package io.unroll.driver.pytorch;

import io.unroll.driver.model.ReadableFormat;
import io.unroll.worker.format.ModelFiles;
import io.unroll.worker.format.SafeTensors;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The parameters of a module of PyTorch in safetensors: what {@code
 * safetensors.torch.save_file(module.state_dict(), FILE)} writes of a language model of {@code
 * nn.Embedding}, one of {@code nn.RNN}, {@code nn.LSTM} and {@code nn.GRU}, and {@code nn.Linear}.
 * Names and shapes say what it is: see {@link StateDict}.
 */
public final class SafetensorsFormat implements ReadableFormat {
  /** For the {@link java.util.ServiceLoader}. */
  public SafetensorsFormat() {}

  @Override
  public String name() {
    return "safetensors";
  }

  /** Names and order of the gates are PyTorch's already. */
  @Override
  public List<Part> parts(Content content) {
    return Part.whole(
        out -> ModelFiles.writeParameters(out, content.architecture(), content.parameters()));
  }

  @Override
  public Content read(InputStream in, long length, String file) throws IOException {
    return new StateDict(SafeTensors.read(in, length, file).tensors(), file).content();
  }
}
