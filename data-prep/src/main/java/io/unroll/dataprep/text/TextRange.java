package io.unroll.dataprep.text;

import io.unroll.dataprep.dataset.Vocabulary;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** The tokens of a corpus that make a split: from {@code begin} on, up to before {@code end}. */
record TextRange(TextCorpus corpus, long begin, long end) {

  long size() {
    return end - begin;
  }

  JavaPairRDD<String, Long> frequencies() {
    return corpus.frequencies(begin, end);
  }

  JavaRDD<Row> blocks(Broadcast<Vocabulary> vocabulary, int blockLength) {
    return Blocks.of(corpus.pieces(begin, end, vocabulary, blockLength), blockLength, size());
  }
}
