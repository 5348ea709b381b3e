package io.unroll.dataprep.coco;

import io.unroll.dataprep.dataset.Vocabulary;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.Tuple2;

/** Captions of a split to rows {@code (image_id, caption_id, tokens)}, in order. */
final class CaptionRows {
  /** Captions per Parquet file: some 60 MB before encoding. */
  private static final long CAPTIONS_PER_FILE = 1L << 20;

  private CaptionRows() {}

  /**
   * @param count captions of the split
   * @param images images of all splits
   */
  static JavaRDD<Row> of(
      JavaRDD<SplitCaption> captions, long count, long images, Broadcast<Vocabulary> vocabulary) {
    int files = Math.toIntExact((count + CAPTIONS_PER_FILE - 1) / CAPTIONS_PER_FILE);
    return captions
        .mapToPair(caption -> new Tuple2<>(caption, true))
        .repartitionAndSortWithinPartitions(new ByImage(files, images))
        .map(pair -> row(pair._1().caption(), vocabulary.value()));
  }

  /** Files hold consecutive images. */
  private static final class ByImage extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int files;
    private final long images;

    ByImage(int files, long images) {
      this.files = files;
      this.images = images;
    }

    @Override
    public int numPartitions() {
      return files;
    }

    @Override
    public int getPartition(Object caption) {
      return (int) (((SplitCaption) caption).imageOrdinal() * files / images);
    }
  }

  private static Row row(CocoEntry.Caption caption, Vocabulary vocabulary) {
    return RowFactory.create(caption.image(), caption.id(), tokens(caption, vocabulary));
  }

  /** The ids of a caption's words, between those that begin and end it. */
  static int[] tokens(CocoEntry.Caption caption, Vocabulary vocabulary) {
    int[] tokens = new int[caption.words().size() + 2];
    tokens[0] = vocabulary.begin().orElseThrow();
    for (int x = 0; x < caption.words().size(); x++) {
      tokens[x + 1] = vocabulary.idOrUnknown(caption.words().get(x));
    }
    tokens[tokens.length - 1] = vocabulary.end().orElseThrow();
    return tokens;
  }
}
