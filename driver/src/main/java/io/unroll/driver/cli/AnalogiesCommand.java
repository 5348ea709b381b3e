package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.words.Analogies;
import io.unroll.driver.words.AnalogyMethod;
import io.unroll.driver.words.AnalogyQuestions;
import io.unroll.driver.words.AnalogyScores;
import io.unroll.driver.words.WordVectors;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks vectors of words questions of analogy. */
@Command(
    name = "analogies",
    description =
        "Asks vectors of words questions such as 'Athens is to Greece as Oslo is to what?', and"
            + " tells by section how many answers come first, or among the first ten, by 3CosAdd"
            + " and by 3CosMul. The three words of a question are never its answer.",
    sortOptions = false)
final class AnalogiesCommand implements Callable<Integer> {
  private static final String ALL = "all";
  private static final int PERCENT = 100;

  @Mixin private WordVectorOptions vectorOptions;

  @Option(
      names = "--questions",
      required = true,
      paramLabel = "FILE",
      description =
          "as word2vec's questions-words.txt: a line ': NAME' begins a section, each other line has"
              + " four words. Made lower-case where the model's words are; questions with a word"
              + " that it lacks are not asked, and counted")
  private String questions;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Override
  public Integer call() throws IOException {
    quiet.apply();
    AnalogyQuestions read = AnalogyQuestions.read(questions, SparkSessions.hadoop());
    WordVectors vectors = vectorOptions.read();
    List<AnalogyScores> sections = new Analogies(vectors).scores(read);
    AnalogyScores total = Analogies.total(ALL, sections);
    result.print(
        List.of(Printable.text(text(sections, total))),
        object -> {
          vectorOptions.put(object);
          object.put("questions", questions);
          object.put("words", vectors.count());
          put(total, object.putObject(ALL));
          ArrayNode list = object.putArray("sections");
          sections.forEach(section -> put(section, list.addObject().put("name", section.name())));
        });
    return ExitCode.DONE.code();
  }

  private static String text(List<AnalogyScores> sections, AnalogyScores total) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%-28s %9s %9s", "section", "questions", "covered"));
    for (AnalogyMethod method : AnalogyMethod.values()) {
      text.append(String.format(Locale.ROOT, "  %15s %7s", method.text() + " top 1", "top 10"));
    }
    sections.forEach(section -> append(section, text));
    append(total, text);
    return text.toString();
  }

  private static void append(AnalogyScores scores, StringBuilder text) {
    text.append(
        String.format(
            Locale.ROOT, "%n%-28s %,9d %,9d", scores.name(), scores.questions(), scores.covered()));
    for (AnalogyMethod method : AnalogyMethod.values()) {
      text.append(
          scores.covered() == 0
              ? String.format(Locale.ROOT, "  %15s %7s", "-", "-")
              : String.format(
                  Locale.ROOT,
                  "  %13.2f %% %5.2f %%",
                  PERCENT * scores.top1(method),
                  PERCENT * scores.top10(method)));
    }
  }

  private static void put(AnalogyScores scores, ObjectNode object) {
    object.put("questions", scores.questions());
    object.put("covered", scores.covered());
    object.put("coverage", scores.coverage());
    for (AnalogyMethod method : AnalogyMethod.values()) {
      boolean asked = scores.covered() > 0;
      ObjectNode answers = object.putObject(method.text().toLowerCase(Locale.ROOT));
      answers.put("top-1", asked ? (Double) scores.top1(method) : null);
      answers.put("top-10", asked ? (Double) scores.top10(method) : null);
    }
  }
}
