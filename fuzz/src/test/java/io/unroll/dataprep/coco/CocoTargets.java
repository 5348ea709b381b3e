package io.unroll.dataprep.coco;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.source.Packing;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import io.unroll.fuzz.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The parsers of COCO's files. Unroll writes none, so there is nothing to read again. */
public final class CocoTargets {
  private static final Configuration HADOOP = new Configuration(false);
  private static final CaptionTokenizer WORDS = new CaptionTokenizer(1);

  private CocoTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of("coco-captions", CocoTargets::captions, DataException.class),
        Target.of("coco-image-list", CocoTargets::imageList, DataException.class));
  }

  private static Target.Check captions(byte[] file) throws IOException {
    CocoFile source = new CocoFile(new SourceFile(Target.FILE, file.length, Packing.NONE), 0, 0, 0);
    try (CocoParser parser = new CocoParser(source, WORDS, new ByteArrayInputStream(file))) {
      CocoEntry entry = parser.next();
      while (entry != null) {
        entry = parser.next();
      }
    }
    return Target.Check.NONE;
  }

  private static Target.Check imageList(byte[] file) throws IOException {
    new ImageLists(HADOOP).read(Split.VALID, Target.FILE, new ByteArrayInputStream(file));
    return Target.Check.NONE;
  }
}
