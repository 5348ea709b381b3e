package io.unroll.driver.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.driver.model.ForeignFormat.Content;
import io.unroll.fuzz.Target;
import io.unroll.worker.format.FormatException;
import io.unroll.worker.format.ModelTargets;
import io.unroll.worker.format.NamedTensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What makes a language model of the parameters of a module of PyTorch. */
public final class PytorchTargets {
  private PytorchTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of(
            "pytorch",
            ModelTargets::withLengthAndData,
            PytorchTargets::parse,
            FormatException.class));
  }

  /** Headers as PyTorch's writer makes them, by target and name. */
  public static Map<String, byte[]> written() throws IOException {
    return Map.of(
        "pytorch/written-gru",
        ModelTargets.header(
            List.of(
                zeros("encoder.weight", 4, 2),
                zeros("gru.weight_ih_l0", 9, 2),
                zeros("gru.weight_hh_l0", 9, 3),
                zeros("gru.bias_ih_l0", 9),
                zeros("gru.bias_hh_l0", 9),
                zeros("decoder.weight", 4, 3),
                zeros("decoder.bias", 4))),
        "pytorch/written-tied",
        ModelTargets.header(
            List.of(
                zeros("wte.weight", 4, 3),
                zeros("weight_ih_l0", 12, 3),
                zeros("weight_hh_l0", 12, 3))));
  }

  private static NamedTensor zeros(String name, int... shape) {
    int size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    return new NamedTensor(name, shape, new float[size], 0);
  }

  private static Target.Check parse(byte[] file) throws IOException {
    Content read = read(file);
    return () -> {
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      new SafetensorsFormat().parts(read).get(0).body().write(written);
      Content again = read(written.toByteArray());
      assertEquals(read.architecture(), again.architecture());
      assertArrayEquals(read.parameters(), again.parameters());
    };
  }

  private static Content read(byte[] file) throws IOException {
    return new SafetensorsFormat().read(new ByteArrayInputStream(file), file.length, Target.FILE);
  }
}
