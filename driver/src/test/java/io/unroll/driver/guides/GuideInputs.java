package io.unroll.driver.guides;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/** Small files of the kinds and names that the guides tell their readers to type. */
final class GuideInputs {
  private static final int LINES = 80;
  private static final int IMAGES = 12;
  private static final int CLASSES = 80;

  /** More than the 5,000 that the guide keeps for validation. */
  private static final int PICTURES = 5_100;

  private static final int PIXELS = 28;

  private final Path folder;

  GuideInputs(Path folder) {
    this.folder = folder;
  }

  void write() throws IOException {
    texts();
    tagged();
    pairs();
    captions();
    pictures();
    tables();
  }

  private void lines(String name, int count, IntFunction<String> line) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n", "", "\n")));
  }

  private static String day(int number) {
    return (number % 2 == 0 ? "a fine day" : "a foul night") + " with the king of paris";
  }

  private void texts() throws IOException {
    lines("reviews.tsv", LINES, n -> (n % 2 == 0 ? "good\t" : "bad\t") + day(n) + " " + n % 7);
    for (String name : new String[] {"new-reviews.txt", "sentences.txt", "some.txt"}) {
      lines(name, 5, GuideInputs::day);
    }
    for (String name : new String[] {"messages.txt", "corpus.txt", "text.txt"}) {
      lines(
          name,
          400,
          n -> "To be, or not to be: The " + day(n) + " and the queen of london " + n % 9);
    }
    lines("data/tiny-shakespeare/input.txt", 800, n -> day(n) + " and " + n);
    lines("corpus/first.txt", 400, GuideInputs::day);
    for (String name : new String[] {"train.txt", "valid.txt", "test.txt"}) {
      lines("data/wikitext-2/" + name, 800, n -> day(n) + " and of london " + n % 9);
    }
    lines("questions-words.txt", 2, n -> n == 0 ? ": capitals" : "king paris queen london");
  }

  private void tagged() throws IOException {
    for (String name : new String[] {"train.conllu", "dev.conllu", "test.conllu"}) {
      lines(
          name,
          LINES,
          n ->
              String.format(
                  Locale.ROOT,
                  "1\tthe\tthe\tDET\tDT\t_\t2\tdet\t_\t_\n2\t%s\t_\tNOUN\tNN\t_\t0\troot\t_\t_\n",
                  n % 2 == 0 ? "dog" : "cat"));
    }
  }

  /** Enough of them for some hundred phrases. */
  private void pairs() throws IOException {
    String[] german = {"hund", "mann", "baum", "ball", "hut", "tisch", "stuhl"};
    String[] english = {"dog", "man", "tree", "ball", "hat", "table", "chair"};
    for (String name : new String[] {"train", "val", "new"}) {
      lines(name + ".de", 5 * LINES, n -> sentence("der %s sieht den %s und den %s", german, n));
      lines(name + ".en", 5 * LINES, n -> sentence("the %s sees the %s and the %s", english, n));
    }
  }

  private static String sentence(String form, String[] nouns, int n) {
    int count = nouns.length;
    return String.format(
        Locale.ROOT,
        form,
        nouns[n % count],
        nouns[n / count % count],
        nouns[n / count / count % count]);
  }

  private void captions() throws IOException {
    String images =
        IntStream.range(0, IMAGES)
            .mapToObj(n -> String.format(Locale.ROOT, "{\"id\":%d,\"file_name\":\"%d.jpg\"}", n, n))
            .collect(Collectors.joining(","));
    String captions =
        IntStream.range(0, 5 * IMAGES)
            .mapToObj(
                n ->
                    String.format(
                        Locale.ROOT,
                        "{\"id\":%d,\"image_id\":%d,\"caption\":\"a dog and a cat in a park\"}",
                        n,
                        n / 5))
            .collect(Collectors.joining(","));
    String coco = "data/coco-captions/";
    String all = "captions_val2014.json";
    for (String name : new String[] {all, "captions.json", coco + all}) {
      lines(
          name,
          1,
          n ->
              String.format(
                  Locale.ROOT, "{\"images\":[%s],\"annotations\":[%s]}", images, captions));
    }
    for (String name : new String[] {"val.txt", coco + "karpathy_val_images.txt"}) {
      lines(name, 2, n -> String.format(Locale.ROOT, "val2014/%d.jpg %d", n, n));
    }
    for (String name : new String[] {"test.txt", coco + "karpathy_test_images.txt"}) {
      lines(name, 2, n -> String.format(Locale.ROOT, "val2014/%d.jpg %d", n + 2, n + 2));
    }
    lines("objects.tsv", IMAGES, n -> String.format(Locale.ROOT, "%d\t%d,%d", n, n, n + 1));
    lines("classes.txt", CLASSES, n -> "class " + n);
    lines("image_ids.txt", IMAGES, String::valueOf);
    Files.write(folder.resolve("grid.npy"), grid());
    String features = base64(2 * CLASSES);
    lines(
        "trainval.tsv",
        IMAGES,
        n -> String.format(Locale.ROOT, "%d\t640\t480\t2\t%s\t%s", n, base64(2 * 4), features));
  }

  private static String base64(int numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(numbers * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    IntStream.range(0, numbers).forEach(n -> bytes.putFloat(n % 3));
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /** Two cells of numbers for each image, as NumPy writes them. */
  private static byte[] grid() {
    String header =
        String.format(
            Locale.ROOT,
            "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, 2, %d), }",
            IMAGES,
            CLASSES);
    String padded = header + " ".repeat(117 - header.length()) + "\n";
    byte[] start = "\u0093NUMPY\1\0v\0".getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer bytes =
        ByteBuffer.allocate(start.length + padded.length() + IMAGES * 2 * CLASSES * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(start)
            .put(padded.getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      bytes.putFloat(bytes.remaining() % 5);
    }
    return bytes.array();
  }

  private void pictures() throws IOException {
    for (String split : new String[] {"train", "test"}) {
      int count = split.equals("train") ? PICTURES : LINES;
      Files.write(folder.resolve(split + "-images"), idx(0x803, count, PIXELS, PIXELS));
      Files.write(folder.resolve(split + "-labels"), idx(0x801, count));
    }
  }

  /** Bytes below ten, as MNIST's files have them. */
  private static byte[] idx(int magic, int... sizes) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(magic);
      int all = 1;
      for (int size : sizes) {
        out.writeInt(size);
        all *= size;
      }
      for (int n = 0; n < all; n++) {
        out.writeByte(n % 10);
      }
    }
    return bytes.toByteArray();
  }

  private void tables() throws IOException {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()) {
      table(
          spark,
          "reviews",
          "if(id % 2 = 0, 'good', 'bad') as stars, concat('a ', if(id % 2 = 0, 'fine', 'foul'), ' day ', id) as body");
      table(spark, "sentences", "array('the', 'dog') as tokens, array('DET', 'NOUN') as upos");
      table(
          spark,
          "signals",
          "array(array(float(id), 1f), array(2f, 3f)) as signal, if(id % 2 = 0, 'up', 'down') as kind");
      table(spark, "pairs", "concat('ein hund ', id) as de, concat('a dog ', id) as en");
    }
  }

  private void table(SparkSession spark, String name, String columns) {
    spark
        .sql(String.format(Locale.ROOT, "select %s from range(%d)", columns, LINES))
        .coalesce(1)
        .write()
        .parquet(folder.resolve(name + ".parquet").toString());
  }
}
