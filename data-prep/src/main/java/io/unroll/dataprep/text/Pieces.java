package io.unroll.dataprep.text;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import scala.Tuple2;

/** The ids of a range, in pieces of at most a block, keyed by position. */
final class Pieces implements Iterator<Tuple2<Long, int[]>> {
  private final Vocabulary vocabulary;
  private final int blockLength;
  private final PartTokens stream;
  private final Part part;
  private long position;
  private final long end;

  Pieces(TokenRange range, Vocabulary vocabulary, int blockLength, Configuration hadoop) {
    this.vocabulary = vocabulary;
    this.blockLength = blockLength;
    this.part = range.part();
    this.stream = PartTokens.inTask(part, vocabulary.cutter(), hadoop);
    this.position = range.position();
    this.end = range.position() + range.length();
    stream.skip(range.skipped());
  }

  @Override
  public boolean hasNext() {
    return position < end;
  }

  @Override
  public Tuple2<Long, int[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    long inBlock = position % blockLength;
    int[] ids = new int[(int) Math.min(blockLength - inBlock, end - position)];
    for (int x = 0; x < ids.length; x++) {
      String token = stream.next();
      if (token == null) {
        throw new DataException(
            "Cannot read %s: it became shorter while it was read"
                .formatted(part.chunks().get(part.chunks().size() - 1).file().uri()));
      }
      ids[x] = vocabulary.idOrUnknown(token);
    }
    var piece = new Tuple2<>(position, ids);
    position += ids.length;
    if (!hasNext()) {
      stream.close();
    }
    return piece;
  }
}
