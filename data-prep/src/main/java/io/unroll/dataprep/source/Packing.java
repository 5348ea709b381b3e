package io.unroll.dataprep.source;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.GzipCodec;
import org.apache.hadoop.util.ReflectionUtils;
import org.tukaani.xz.XZInputStream;

/** How a file is packed: what is packed is read as a whole, by one task. */
public enum Packing {
  /** As it is. */
  NONE,

  /** As the codec unpacks that Hadoop has for the end of its name. */
  BY_NAME,

  GZIP,
  BZIP2,
  XZ,
  ZSTANDARD;

  /** KiB: four times what xz itself writes with -9; a hostile file may ask for 4 GiB. */
  private static final int MOST_XZ_MEMORY = 1 << 18;

  private static final int BUFFER = 1 << 16;

  /**
   * The unpacked content; closing it closes what is below.
   *
   * @throws IOException if it does not begin as such a file does
   */
  InputStream unpack(InputStream packed, Path file, Configuration hadoop) throws IOException {
    return switch (this) {
      case NONE -> packed;
      case BY_NAME -> new CompressionCodecFactory(hadoop).getCodec(file).createInputStream(packed);
      case GZIP -> codec(GzipCodec.class, hadoop).createInputStream(packed);
      case BZIP2 -> codec(BZip2Codec.class, hadoop).createInputStream(packed);
      case XZ -> new XZInputStream(new BufferedInputStream(packed, BUFFER), MOST_XZ_MEMORY);
      case ZSTANDARD -> new ZstdInputStreamNoFinalizer(packed);
    };
  }

  private static CompressionCodec codec(
      Class<? extends CompressionCodec> codec, Configuration hadoop) {
    return ReflectionUtils.newInstance(codec, hadoop);
  }
}
