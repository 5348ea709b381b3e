package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.driver.model.SmallModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say of a model that is none, or that cannot be used. */
class WrongModelTest {
  @TempDir private Path folder;

  private Execution sample(Path model) {
    return Execution.of("sample", "--length", "3", "--model", model.toString());
  }

  private String shown(Execution execution) {
    return execution.err().replace("file:///", "file:/").replace(folder.toString(), "DIR").strip();
  }

  @Test
  void aParameterThatIsNotFiniteIsNamed() throws IOException {
    float[] parameters = SmallModel.parameters();
    parameters[parameters.length - 1] = Float.NaN;
    Execution execution = sample(SmallModel.write(folder.resolve("m"), parameters));
    assertEquals(3, execution.code());
    assertEquals(
        "Cannot read file:DIR/m/model.safetensors: element [2] of tensor output.bias is NaN"
            + " (expected finite parameters)",
        shown(execution));
  }
}
