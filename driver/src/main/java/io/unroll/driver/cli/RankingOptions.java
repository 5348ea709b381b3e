package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.summary.Count;
import io.unroll.driver.evaluate.Ranking;
import io.unroll.driver.evaluate.Ranks;
import io.unroll.driver.model.TrainedModel;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether a model is asked which source a text is about, or which text is about a source. */
final class RankingOptions {
  private static final int PERCENT = 100;
  private static final int FEW = 5;
  private static final int MORE = 10;

  @Option(
      names = "--rank",
      paramLabel = "sources|texts",
      description =
          "of a model that writes about what it reads: also puts all sources of the split in order"
              + " by how likely each text is about them, or all texts by how likely they are about"
              + " each source, and tells the place of the right one")
  private String rank;

  @Option(
      names = "--among",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "with --rank: beside the right one, N others that are drawn for each text, the same ones"
              + " every time; 0 for all (default: ${DEFAULT-VALUE})")
  private int among;

  /**
   * What is asked; empty if nothing is.
   *
   * @throws UsageException if an option is none
   */
  Optional<Ranking> ranking() {
    if (among < 0) {
      throw new UsageException("Invalid --among: " + among + " (expected 0 or more)");
    }
    if (rank == null && among > 0) {
      throw new UsageException("Invalid --among: nothing is put in order without --rank");
    }
    return Optional.ofNullable(rank).map(name -> new Ranking(ranked(name), among));
  }

  private static Ranking.Ranked ranked(String name) {
    for (Ranking.Ranked ranked : Ranking.Ranked.values()) {
      if (ranked.label().equals(name)) {
        return ranked;
      }
    }
    throw new UsageException("Invalid --rank: %s (expected sources or texts)".formatted(name));
  }

  /**
   * Refuses to ask a model that does not write about what it reads.
   *
   * @throws UsageException if something is asked
   */
  void refuse(TrainedModel model) {
    if (rank != null) {
      throw new UsageException(
          "Invalid --rank: the model %s %s (expected one that writes texts, trained on pairs)"
              .formatted(model.uri(), model.purpose()));
    }
  }

  /** For people, without the last line's end. */
  static String text(Ranks ranks) {
    return String.format(
        Locale.ROOT,
        "rank       median %.1f of %s; %.2f %% first, %.2f %% among %d, %.2f %% among %d; of %s",
        ranks.median(),
        Count.of(
            ranks.candidates(),
            ranks.ranking().ranked() == Ranking.Ranked.SOURCES ? "source" : "text"),
        PERCENT * ranks.recall(1),
        PERCENT * ranks.recall(FEW),
        FEW,
        PERCENT * ranks.recall(MORE),
        MORE,
        Count.of(ranks.ranks().size(), "text"));
  }

  /** As fields of a JSON object. */
  static void put(Ranks ranks, ObjectNode object) {
    object.put("ranked", ranks.ranking().ranked().label());
    object.put("candidates", ranks.candidates());
    object.put("median-rank", ranks.median());
    object.put("recall-1", ranks.recall(1));
    object.put("recall-5", ranks.recall(FEW));
    object.put("recall-10", ranks.recall(MORE));
  }
}
