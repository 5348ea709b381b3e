package io.unroll.driver.metric;

import java.util.List;

/**
 * All scores of some texts beside what people wrote.
 *
 * @param bleu how BLEU is computed; chrF2 makes letters lower-case if BLEU does
 * @param texts at least one
 * @param references most references of a text, for the signatures
 * @param bleuCounts the texts' counts for BLEU
 * @param chrfCounts and for chrF2
 */
public record CorpusScores(
    Bleu bleu, List<Compared> texts, int references, TextCounts bleuCounts, TextCounts chrfCounts) {
  /** Counts the texts. */
  public static CorpusScores of(Bleu bleu, List<Compared> texts, int references) {
    return new CorpusScores(
        bleu,
        texts,
        references,
        TextCounts.of(bleu, texts),
        TextCounts.of(new Chrf(bleu.lowerCase()), texts));
  }

  /** Counts texts that may have different numbers of references. */
  public static CorpusScores of(Bleu bleu, List<Compared> texts) {
    int most = texts.stream().mapToInt(text -> text.references().size()).max().orElse(0);
    return of(bleu, texts, most);
  }

  /** BLEU and what it is made of. */
  public Bleu.Counts bleuParts() {
    return Bleu.Counts.of(bleuCounts.sum());
  }

  /** How BLEU was computed. */
  public String bleuSignature() {
    return bleu.signature(references);
  }

  /** How chrF2 was computed. */
  public String chrfSignature() {
    return new Chrf(bleu.lowerCase()).signature(references);
  }

  /** Share of the texts that are equal to a reference, 0 to 1. */
  public double exact() {
    long equal =
        texts.stream().filter(text -> text.references().contains(text.hypothesis())).count();
    return (double) equal / texts.size();
  }

  /** CIDEr-D with the document frequencies of these references. */
  public double cider() {
    return new CiderD(texts).of(texts);
  }
}
