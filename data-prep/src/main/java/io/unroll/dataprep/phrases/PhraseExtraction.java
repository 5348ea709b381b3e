package io.unroll.dataprep.phrases;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.examples.Corpus;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.pairs.ParallelTexts;
import io.unroll.dataprep.source.Cluster;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Finds phrases and their translations in sentences and their translations: words are aligned in
 * both directions ({@link Lexicon}), the alignments joined ({@link Alignment}), and all phrases
 * taken that they allow ({@link Phrases}). Belongs to the Spark driver.
 */
public final class PhraseExtraction {
  private final SparkSession spark;
  private final Options options;

  /**
   * What is read, and what is taken.
   *
   * @param longest most words of a phrase
   * @param minCount how often a pair of phrases has to be there
   * @param minShare smallest share of the pair among all pairs with its phrase, and among all with
   *     its translation, 0 to 1: φ(target | source) and φ(source | target) of Koehn, Och and Marcu
   *     (2003)
   * @param iterations of learning which words are translations
   * @param output new folder for lines of a phrase, a tab and its translation
   */
  public record Options(
      List<String> sources,
      List<String> targets,
      boolean lowerCase,
      int longest,
      int minCount,
      double minShare,
      int iterations,
      String output) {
    public Options {
      sources = List.copyOf(sources);
      targets = List.copyOf(targets);
    }
  }

  public PhraseExtraction(SparkSession spark, Options options) {
    this.spark = spark;
    this.options = options;
  }

  /**
   * Reads, aligns and writes.
   *
   * @return how many pairs of phrases were written, in the order of their text
   * @throws DataException if an input is missing, or lines do not belong together
   */
  public long run() {
    try (var cluster = new Cluster(spark);
        Corpus corpus =
            ParallelTexts.open(
                cluster, options.sources(), options.targets(), options.lowerCase())) {
      return write(cluster, corpus);
    }
  }

  private long write(Cluster cluster, Corpus corpus) {
    Broadcast<Numbers> numbers = cluster.context().broadcast(Numbers.of(corpus.examples()));
    JavaRDD<Lexicon.Sentence> sentences =
        corpus
            .examples()
            .map(example -> numbers.value().of(example))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Lexicon there = learnt(cluster, sentences);
    Lexicon back = learnt(cluster, sentences.map(Lexicon.Sentence::turned));
    Broadcast<Aligner> aligner =
        cluster.context().broadcast(new Aligner(there, back, options.longest()));
    try {
      JavaRDD<String> phrases =
          corpus
              .examples()
              .zip(sentences)
              .flatMap(pair -> aligner.value().phrases(pair._1(), pair._2()).iterator());
      return cluster.named("extracting phrases", () -> write(phrases));
    } finally {
      aligner.destroy();
      sentences.unpersist(true);
      numbers.destroy();
    }
  }

  private Lexicon learnt(Cluster cluster, JavaRDD<Lexicon.Sentence> sentences) {
    return cluster.named("aligning words", () -> Lexicon.learn(sentences, options.iterations()));
  }

  /** Words by number, in the order of their text. */
  private record Numbers(Map<String, Integer> sources, Map<String, Integer> targets)
      implements Serializable {
    static Numbers of(JavaRDD<RawExample> examples) {
      return new Numbers(
          byText(examples.map(RawExample::words)), byText(examples.map(RawExample::targetWords)));
    }

    private static Map<String, Integer> byText(JavaRDD<String[]> texts) {
      List<String> words =
          new ArrayList<>(
              texts.flatMap(text -> Arrays.asList(text).iterator()).distinct().collect());
      words.sort(null);
      Map<String, Integer> numbers = new HashMap<>();
      words.forEach(word -> numbers.put(word, numbers.size()));
      return numbers;
    }

    Lexicon.Sentence of(RawExample example) {
      return new Lexicon.Sentence(of(example.words(), sources), of(example.targetWords(), targets));
    }

    private static int[] of(String[] words, Map<String, Integer> numbers) {
      return Arrays.stream(words).mapToInt(numbers::get).toArray();
    }
  }

  /** What aligns sentences, and takes phrases from them. */
  private record Aligner(Lexicon there, Lexicon back, int longest) implements Serializable {
    List<String> phrases(RawExample example, Lexicon.Sentence sentence) {
      Alignment alignment = Alignment.of(there.sources(sentence), back.sources(sentence.turned()));
      List<String> lines = new ArrayList<>();
      new Phrases(example.words(), example.targetWords(), alignment, longest)
          .each((source, target) -> lines.add(source + '\t' + target));
      return lines;
    }
  }

  private long write(JavaRDD<String> phrases) {
    JavaPairRDD<String, Long> counts =
        phrases
            .mapToPair(line -> new Tuple2<>(line, 1L))
            .reduceByKey(Long::sum)
            .persist(StorageLevel.MEMORY_AND_DISK());
    int least = options.minCount();
    JavaPairRDD<String, Long> often = counts.filter(pair -> pair._2() >= least);
    JavaRDD<String> kept =
        withShare(
                withShare(often, counts, PhraseExtraction::source),
                counts,
                PhraseExtraction::target)
            .keys()
            .sortBy(line -> line, true, 1)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      kept.saveAsTextFile(options.output());
      return kept.count();
    } finally {
      kept.unpersist(true);
      counts.unpersist(true);
    }
  }

  /**
   * Those that have their share among all pairs with the same text on a side.
   *
   * @param side the text of a pair's line on that side
   */
  private JavaPairRDD<String, Long> withShare(
      JavaPairRDD<String, Long> pairs,
      JavaPairRDD<String, Long> all,
      Function<String, String> side) {
    double share = options.minShare();
    JavaPairRDD<String, Long> totals =
        all.mapToPair(pair -> new Tuple2<>(side.call(pair._1()), pair._2())).reduceByKey(Long::sum);
    return pairs
        .mapToPair(pair -> new Tuple2<>(side.call(pair._1()), pair))
        .join(totals)
        .values()
        .filter(found -> found._1()._2() >= share * found._2())
        .mapToPair(Tuple2::_1);
  }

  private static String source(String line) {
    return line.substring(0, line.indexOf('\t'));
  }

  private static String target(String line) {
    return line.substring(line.indexOf('\t') + 1);
  }
}
