package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command export --format onnx, with models that are trained here. */
class OnnxExportIT {
  @TempDir private Path folder;

  private Execution run(String command) {
    return Execution.of((command.replace("DIR", folder.toString()) + " --quiet").split(" "));
  }

  private Execution done(String command) {
    Execution execution = run(command);
    assertEquals(0, execution.code(), execution::err);
    return execution;
  }

  private void train(String data, String run, String settings) {
    done(
        "train --master local[1] --data DIR/%s --run DIR/%s --model.hidden 12 --model.embedding 5 --training.batch 4 --training.max-rounds 1 --averaging.interval 3 %s"
            .formatted(data, run, settings));
  }

  @Test
  void languageModelsAreWrittenAndVerified() throws IOException, OrtException {
    Files.writeString(folder.resolve("text.txt"), "to be or not to be\n".repeat(40));
    done(
        "prep text --master local[1] --tokenizer char --fractions 1,0,0 --input DIR/text.txt --output DIR/data");
    train("data", "run", "--validation.split train --model.cell gru --model.layers 2");
    Execution exported =
        done("export --model DIR/run --format onnx --output DIR/m.onnx --verify --json");
    JsonNode result = DocumentedResult.of("export", exported);
    assertEquals("onnx", result.get("format").textValue());
    assertTrue(result.get("verified-difference").doubleValue() < 1e-4, result::toString);
    assertEquals("", exported.err());
    try (OrtSession session =
        OrtEnvironment.getEnvironment().createSession(folder.resolve("m.onnx").toString())) {
      assertEquals(Set.of("tokens", "h_in"), session.getInputNames());
      assertEquals(Set.of("logits", "h_out"), session.getOutputNames());
    }
    for (String verify : List.of("", " --verify")) {
      Execution refused = run("export --model DIR/run --format onnx --output DIR/m.onnx" + verify);
      assertEquals(2, refused.code(), refused::err);
      assertTrue(refused.err().contains("m.onnx: it is there"), refused.err());
    }
    done("export --model DIR/run --format onnx --output DIR/repository/m/1/model.onnx --triton");
    String config = Files.readString(folder.resolve("repository/m/config.pbtxt"));
    assertTrue(config.startsWith("name: \"m\"\n"), config);
    assertTrue(Files.exists(folder.resolve("repository/m/1/model.onnx")));
    assertTrue(
        run("export --model DIR/run --format onnx --output DIR/x.onnx --triton")
            .err()
            .endsWith("(expected REPOSITORY/NAME/1/model.onnx with --triton)\n"));
    Execution imported =
        run("import --model DIR/m.onnx --format onnx --vocabulary DIR/v --output DIR/back");
    assertTrue(
        imported.err().startsWith("Invalid --format: onnx (expected dl4j or safetensors)"),
        imported.err());
  }

  @Test
  void modelsThatGiveLabelsAreWrittenAndVerified() {
    done(
        "prep generate --master local[1] --task parity --train 40 --valid 8 --test 0 --lengths 10-20 --output DIR/data");
    train("data", "run", "--model.pooling last,max");
    String export = "export --model DIR/run --format onnx --output DIR/m.onnx --verify";
    Execution exported = Execution.of(export.replace("DIR", folder.toString()).split(" "));
    assertTrue(
        exported.err().matches("(?s).* ONNX Runtime 1\\.\\S+ says the same: of 2 rows.*"),
        exported.err());
  }

  @Test
  void modelsThatWriteTextsAreTwoFiles() throws IOException {
    Files.writeString(folder.resolve("pairs.tsv"), "a b\tb a\nb\tb\n".repeat(8));
    done(
        "prep pairs --master local[1] --input DIR/pairs.tsv --fractions 0.5,0.5,0 --min-count 1 --output DIR/data");
    train("data", "run", "--model.encoder-hidden 6");
    String export = "export --model DIR/run --format onnx --output DIR/m.onnx --verify";
    Execution exported = Execution.of(export.replace("DIR", folder.toString()).split(" "));
    assertEquals(0, exported.code(), exported::err);
    assertTrue(
        exported.err().matches("(?s).* ONNX Runtime 1\\.\\S+ says the same: of 64 rows.*"),
        exported.err());
    assertEquals(
        "file:DIR/m-encoder.onnx\nfile:DIR/m-decoder.onnx\n".replace("DIR", folder.toString()),
        exported.out());
    Files.delete(folder.resolve("m-encoder.onnx"));
    Execution again = run(export);
    assertTrue(again.err().contains("m-decoder.onnx: it is there"), again.err());
    assertFalse(Files.exists(folder.resolve("m-encoder.onnx")));
    assertTrue(
        run("export --model DIR/run --format unroll --output DIR/m --verify")
            .err()
            .startsWith("Invalid --verify"));
  }
}
