package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.words.WordVectors;
import io.unroll.driver.words.WordVectors.Neighbour;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists the words whose vectors are nearest. */
@Command(
    name = "neighbours",
    description =
        "Lists the words whose vectors have the smallest angles with that of a word, with the"
            + " cosines: of a model's embedding, or of a Word2VecModel of Spark ML.",
    sortOptions = false)
final class NeighboursCommand implements Callable<Integer> {
  @Mixin private WordVectorOptions vectorOptions;

  @Option(
      names = "--word",
      required = true,
      arity = "1..*",
      paramLabel = "WORD",
      description = "words to look at, spelled as the model's tokenizer spells them")
  private List<String> words;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "10",
      description = "neighbours of each, at least 1 (default: ${DEFAULT-VALUE})")
  private int count;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    quiet.apply();
    if (count < 1) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(Locale.ROOT, "Invalid --count: %d (expected at least 1)", count));
    }
    WordVectors vectors = vectorOptions.read();
    Map<String, List<Neighbour>> found = new LinkedHashMap<>();
    words.forEach(word -> found.put(vectors.spelled(word), vectors.neighbours(word, count)));
    result.print(List.of(Printable.text(text(found))), object -> put(found, object));
    return ExitCode.DONE.code();
  }

  private static String text(Map<String, List<Neighbour>> found) {
    StringBuilder text = new StringBuilder();
    found.forEach(
        (word, neighbours) -> {
          text.append(word).append('\n');
          for (Neighbour neighbour : neighbours) {
            text.append(
                String.format(Locale.ROOT, "  %.4f  %s%n", neighbour.cosine(), neighbour.word()));
          }
        });
    return text.toString().stripTrailing();
  }

  private void put(Map<String, List<Neighbour>> found, ObjectNode object) {
    vectorOptions.put(object);
    ObjectNode neighbours = object.putObject("neighbours");
    found.forEach(
        (word, nearest) -> {
          ArrayNode list = neighbours.putArray(word);
          nearest.forEach(
              each -> list.addObject().put("word", each.word()).put("cosine", each.cosine()));
        });
  }
}
