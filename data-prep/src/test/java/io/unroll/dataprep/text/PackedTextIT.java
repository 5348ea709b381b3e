package io.unroll.dataprep.text;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.unroll.dataprep.DataException;
import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.tokenize.CharTokenizer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.hadoop.util.ReflectionUtils;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Corpora that are packed, or are no text. */
class PackedTextIT {
  private static final String EXPECTED =
      " (expected UTF-8 text, plain or packed as .gz, .bz2, .xz or .zst; ";

  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path folder;

  private void prepare(Path input) {
    var options =
        new TextOptions(
            List.of(input.toString()),
            List.of(),
            List.of(),
            folder.resolve("out").toString(),
            new CharTokenizer(1),
            Fractions.ALL_TRAIN,
            100,
            false);
    new TextPreparation(spark, options).run();
  }

  private String refusal(Path input) {
    String message = assertThrows(DataException.class, () -> prepare(input)).getMessage();
    assertFalse(Files.exists(folder.resolve("out")));
    assertTrue(message.startsWith("Cannot read file:" + input + ": "), message);
    return message.substring(("Cannot read file:" + input + ": ").length());
  }

  private Path zip(String name, String text) throws IOException {
    try (var out = new GZIPOutputStream(file(folder, name))) {
      out.write(text.getBytes(UTF_8));
    }
    return folder.resolve(name);
  }

  private static OutputStream file(Path directory, String name) throws IOException {
    return Files.newOutputStream(directory.resolve(name));
  }

  /** By their content: names tell nothing of it. */
  @Test
  void unpacksWhatALibraryCan() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("packed"));
    Files.move(zip("z.gz", "gzip, "), inner.resolve("a"));
    try (var out = new XZOutputStream(file(inner, "b.text"), new LZMA2Options())) {
      out.write("xz, ".getBytes(UTF_8));
    }
    try (var out = new ZstdOutputStreamNoFinalizer(file(inner, "c.zst"))) {
      out.write("Zstandard, ".getBytes(UTF_8));
    }
    var bzip2 = ReflectionUtils.newInstance(BZip2Codec.class, new Configuration(false));
    try (var out = bzip2.createOutputStream(file(inner, "d.bz2"))) {
      out.write("bzip2".getBytes(UTF_8));
    }
    prepare(inner);
    var dataset =
        DatasetDirectory.open(
            folder.resolve("out").toString(), spark.sparkContext().hadoopConfiguration());
    int[] ids =
        dataset.rows(spark, Split.TRAIN).first().<Integer>getList(1).stream()
            .mapToInt(Integer::intValue)
            .toArray();
    assertEquals("gzip, xz, Zstandard, bzip2", dataset.vocabulary().decode(ids));
  }

  @Test
  void namesWhatIsNoTextWithTheRemedy() throws IOException {
    Path utf16 = Files.write(folder.resolve("a.txt"), "text text".getBytes(UTF_16LE));
    assertEquals(
        "it is full of NUL characters, as UTF-16 without a byte order mark is"
            + EXPECTED
            + "convert it, such as with `iconv -f UTF-16LE -t UTF-8`)",
        refusal(utf16));
    assertEquals(
        "what is packed in it is a tar archive"
            + EXPECTED
            + "unpack it, and give its folder or files)",
        refusal(zip("a.tar.gz", "x".repeat(257) + "ustar" + "x".repeat(9))));
    Path archive = Files.write(folder.resolve("a.zip"), new byte[] {0x50, 0x4b, 3, 4, 20, 0});
    assertEquals(
        "it is a ZIP archive, or a document of an office program"
            + EXPECTED
            + "unpack it, and give its folder or files)",
        refusal(archive));
    Path none = Files.writeString(folder.resolve("none.gz"), "this is no gzip file");
    assertEquals(
        "it is not packed, though its name ends in .gz" + EXPECTED + "rename it, or pack it)",
        refusal(none));
  }

  @Test
  void namesACompressedFileThatIsCutOff() throws IOException {
    byte[] whole = Files.readAllBytes(zip("whole.gz", "some text ".repeat(1000)));
    refusal(Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length / 2)));
    Path xz = folder.resolve("whole.xz");
    try (var out = new XZOutputStream(Files.newOutputStream(xz), new LZMA2Options())) {
      out.write("some text ".repeat(1000).getBytes(UTF_8));
    }
    whole = Files.readAllBytes(xz);
    refusal(Files.write(folder.resolve("cut.xz"), Arrays.copyOf(whole, whole.length / 2)));
    Path zstd = folder.resolve("whole.zst");
    try (var out = new ZstdOutputStreamNoFinalizer(Files.newOutputStream(zstd))) {
      out.write("some text ".repeat(1000).getBytes(UTF_8));
    }
    whole = Files.readAllBytes(zstd);
    refusal(Files.write(folder.resolve("cut.zst"), Arrays.copyOf(whole, whole.length / 2)));
  }
}
