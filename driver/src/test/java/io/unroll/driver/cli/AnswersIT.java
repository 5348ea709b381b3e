package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions and answers from the command line: sums of two digits, learnt by heart. */
class AnswersIT {
  @TempDir private static Path folder;

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Execution done(String... arguments) {
    Execution execution = Execution.of(arguments);
    assertEquals(0, execution.code(), execution.err());
    return execution;
  }

  @BeforeAll
  static void train() {
    Execution prep =
        done(
            ("prep generate --task addition --digits 1 --train 1000 --valid 50 --test 50 --output "
                    + path("data"))
                .split(" ", -1));
    assertTrue(prep.out().contains("1,000 sequences, "), prep.out());
    Execution train =
        done(
            ("train --data "
                    + path("data")
                    + " --run "
                    + path("run")
                    + " --model.cell gru --model.hidden 48 --model.embedding 12 --model.layers 1"
                    + " --training.batch 16 --training.epochs 12 --optimizer.learning-rate 0.01"
                    + " --optimizer.schedule cosine --validation.split train --averaging.lanes 1")
                .split(" ", -1));
    assertTrue(
        train.err().matches("(?s).*valid .*accuracy +\\d+\\.\\d\\d %   exact +\\d+\\.\\d\\d %.*"),
        train.err());
    assertTrue(train.err().matches("(?s).*\\| \\d\\+\\d= -?\\d*, right: \\d+.*"), train.err());
  }

  @Test
  void evaluateHasTheShareOfExactAnswers() throws IOException {
    JsonNode scores =
        new ObjectMapper()
            .readTree(
                done(
                        "evaluate",
                        "--model",
                        path("run"),
                        "--data",
                        path("data"),
                        "--split",
                        "train",
                        "--json")
                    .out());
    assertEquals(1000, scores.get("sequences").intValue());
    assertTrue(scores.get("exact").doubleValue() > 0.95, scores.toString());
    assertTrue(scores.get("accuracy").doubleValue() >= scores.get("exact").doubleValue());
    Execution people =
        done("evaluate", "--model", path("run"), "--data", path("data"), "--split", "train");
    assertTrue(people.out().contains(" % of 1,000 answers exact"), people.out());
  }

  /** The questions of the training split that were learnt by heart. */
  @Test
  void predictContinuesEachLine() throws IOException {
    Path questions = folder.resolve("questions.txt");
    Files.write(questions, List.of("3+4=", "", "9+9="));
    List<String> answers =
        done("predict", "--model", path("run"), "--continue", "--input", questions.toString())
            .out()
            .lines()
            .toList();
    assertEquals(3, answers.size());
    assertEquals("", answers.get(1));
    assertTrue(answers.get(0).matches("\\d+"), answers.toString());
    assertTrue(answers.get(2).matches("1\\d"), answers.toString());
    Execution both =
        Execution.of("predict", "--model", path("run"), "--continue", "--state", "--input", "x");
    assertEquals(2, both.code());
    assertTrue(
        both.err().contains("Invalid --state, --continue or --probabilities: there are several"),
        both.err());
  }
}
