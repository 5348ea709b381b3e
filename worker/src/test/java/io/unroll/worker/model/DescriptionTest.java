package io.unroll.worker.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.worker.format.FormatException;
import io.unroll.worker.format.ModelDescription;
import io.unroll.worker.format.ModelFiles;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.WordDropout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code model.json} says of models of examples is what the models are. */
class DescriptionTest {
  static List<Architecture> architectures() {
    List<Architecture> all = new ArrayList<>();
    ModelCase.all().forEach(each -> all.add(each.architecture()));
    Dropouts dropouts = new Dropouts(0, 0.5, true, 0, 0.3, WordDropout.NONE);
    all.add(new LanguageArchitecture(Cell.GRU, 9, 4, 4, 2, dropouts, true, Connections.PLAIN));
    LabelerCase.all().forEach(each -> all.add(each.architecture()));
    EncoderDecoderCase.all().forEach(each -> all.add(each.architecture()));
    return all;
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void isReadAsItWasWritten(Architecture architecture) throws IOException {
    ModelDescription description = description(architecture);
    ModelDescription read = read(json(description));
    assertEquals(description.fingerprints(), read.fingerprints());
    // Which words are rare is the training data's.
    if (architecture instanceof LabelerArchitecture labeler) {
      assertEquals(
          labeler.dropout().words().word(),
          ((LabelerArchitecture) read.architecture()).dropout().words().word());
      assertEquals(labeler.layout().tensors(), read.architecture().layout().tensors());
    } else {
      assertEquals(json(description), json(read));
      assertEquals(architecture.layout().tensors(), read.architecture().layout().tensors());
    }
  }

  private static ModelDescription description(Architecture architecture) {
    Map<Column, String> fingerprints = new EnumMap<>(Column.class);
    architecture
        .vocabularySizes()
        .keySet()
        .forEach(column -> fingerprints.put(column, "0123456789abcdef".repeat(4)));
    return new ModelDescription(architecture, fingerprints);
  }

  private static String json(ModelDescription description) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFiles.writeDescription(out, description);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static ModelDescription read(String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return ModelFiles.readDescription(new ByteArrayInputStream(bytes), "model.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"condition\" : \"start\" | \"condition\" : \"end\" | Invalid model.condition: end",
        "\"label-smoothing\" : 0.2 | \"label-smoothing\" : 1.5 | Invalid model.label-smoothing: 1.5",
        "\"reversed\" : false | \"reversed\" : 3 | field encoder.reversed is 3",
        "\"kind\" : \"encoder-decoder\" | \"kind\" : \"decoder\" | field kind is",
        "\"tie-weights\" | \"tied\" | field decoder.tied is unknown"
      })
  void refusesWhatIsNone(String part, String other, String message) throws IOException {
    String json = json(description(EncoderDecoderCase.all().get(0).architecture()));
    FormatException refusal =
        assertThrows(FormatException.class, () -> read(json.replace(part, other)));
    assertEquals(true, refusal.getMessage().contains(message), refusal.getMessage());
  }

  @Test
  void tokensAreReadByLayers() throws IOException {
    String json = json(description(EncoderDecoderCase.all().get(0).architecture()));
    int from = json.indexOf("\"stack\"");
    int to = json.indexOf('}', from) + 1;
    String without = json.substring(0, from) + "\"none\" : 1" + json.substring(to);
    assertThrows(FormatException.class, () -> read(without));
  }
}
