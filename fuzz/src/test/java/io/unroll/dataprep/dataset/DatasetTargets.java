package io.unroll.dataprep.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.SplitContent.PartFile;
import io.unroll.dataprep.tokenize.BpeTokenizer;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.dataprep.tokenize.Merges;
import io.unroll.dataprep.tokenize.WordTokenizer;
import io.unroll.fuzz.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parsers of a dataset's descriptions. Their callers add the file to the message. */
public final class DatasetTargets {
  private static final Pattern OTHER_FINGERPRINT =
      Pattern.compile(
          "its fingerprint is (.*), but its tokens have ([0-9a-f]{64})", Pattern.DOTALL);

  private DatasetTargets() {}

  public static List<Target> all() {
    return List.of(
        new Target(
            "vocabulary",
            DatasetTargets::withFingerprint,
            DatasetTargets::vocabulary,
            Set.of(DataException.class),
            "vocabulary",
            Target.FIXED),
        new Target(
            "manifest",
            bytes -> bytes,
            DatasetTargets::manifest,
            Set.of(DataException.class),
            "manifest",
            Target.FIXED));
  }

  /** Files as data-prep writes them, by target and name. */
  public static Map<String, byte[]> written() {
    Vocabulary characters = new Vocabulary(new CharTokenizer(1), List.of("\n", "a", "ü", "😀"));
    Vocabulary words =
        new Vocabulary(new WordTokenizer(true, 2, 10), List.of("<unk>", "<eos>", "to", "be"));
    Vocabulary captions =
        new Vocabulary(new CaptionTokenizer(5), List.of("<unk>", "<bos>", "<eos>", "dog"));
    return Map.of(
        "vocabulary/written-characters",
        characters.toJson().getBytes(UTF_8),
        "vocabulary/written-words",
        words.toJson().getBytes(UTF_8),
        "vocabulary/written-captions",
        captions.toJson().getBytes(UTF_8),
        "vocabulary/written-subwords",
        subwords().toJson().getBytes(UTF_8),
        "manifest/written-text-version-2",
        manifest(DatasetKind.STREAM, words, Optional.empty()).toJson().getBytes(UTF_8),
        "manifest/written-captions-version-2",
        manifest(DatasetKind.CAPTIONS, captions, Optional.empty()).toJson().getBytes(UTF_8),
        "manifest/written-text-version-3",
        manifest(DatasetKind.STREAM, words, Optional.of(changes())).toJson().getBytes(UTF_8),
        "manifest/written-pairs-version-6",
        pairs(words, captions).toJson().getBytes(UTF_8));
  }

  private static Vocabulary subwords() {
    List<String> pieces = new ArrayList<>(new Merges().pieces());
    pieces.addAll(List.of("th", "the"));
    return new Vocabulary(new BpeTokenizer(true, 2, 300), pieces);
  }

  private static SourceChanges changes() {
    Source source = new Source("file:/corpus.txt", 42, "cd");
    return new SourceChanges(
        "file:/earlier", "ab", List.of(source), List.of(), List.of(source, source));
  }

  private static Manifest manifest(
      DatasetKind kind, Vocabulary vocabulary, Optional<SourceChanges> since) {
    boolean stream = kind == DatasetKind.STREAM;
    SplitContent train =
        new SplitContent(
            2,
            9,
            1,
            stream ? 0 : 2,
            Optional.of("ef"),
            List.of(new PartFile("part-0.parquet", 99, "ab")));
    SplitContent valid = new SplitContent(0, 0, 0, 0, Optional.of("01"), List.of());
    return new Manifest(
        kind,
        vocabulary.tokenizer(),
        vocabulary.size(),
        vocabulary.fingerprint(),
        stream ? 8 : 0,
        List.of(new Source("file:/corpus.txt", 42, "cd")),
        Map.of(Split.TRAIN, train, Split.VALID, valid),
        since);
  }

  private static Manifest pairs(Vocabulary sources, Vocabulary targets) {
    SplitContent train =
        new SplitContent(
            2,
            9,
            1,
            0,
            Optional.of("ef"),
            0,
            5,
            Map.of(),
            new TargetTexts(11, 2, 7),
            List.of(new PartFile("part-0.parquet", 99, "ab")));
    return new Manifest(
        DatasetKind.EXAMPLES,
        Map.of(
            VocabularyUse.TOKENS,
            VocabularySummary.of(sources),
            VocabularyUse.TARGETS,
            VocabularySummary.of(targets)),
        0,
        List.of(new Source("file:/pairs.tsv", 42, "cd")),
        Map.of(Split.TRAIN, train),
        Optional.empty(),
        Optional.of(ExampleShape.ofTokens(ExampleShape.Target.TEXT, false, 3)));
  }

  /** A vocabulary that only has a wrong fingerprint is given the right one. */
  private static byte[] withFingerprint(byte[] bytes) {
    try {
      Vocabulary.fromJson(text(bytes));
    } catch (DataException e) {
      Matcher matcher = OTHER_FINGERPRINT.matcher(e.getMessage());
      if (matcher.find() && !matcher.group(1).isEmpty()) {
        return text(bytes).replace(matcher.group(1), matcher.group(2)).getBytes(UTF_8);
      }
    } catch (Throwable e) { // the trial will tell
      return bytes;
    }
    return bytes;
  }

  private static Target.Check vocabulary(byte[] file) {
    Vocabulary read = Vocabulary.fromJson(text(file));
    return () -> {
      Vocabulary again = Vocabulary.fromJson(read.toJson());
      assertEquals(read.tokenizer(), again.tokenizer());
      assertEquals(read.tokens(), again.tokens());
      assertEquals(read.fingerprint(), again.fingerprint());
    };
  }

  private static Target.Check manifest(byte[] file) {
    Manifest read = Manifest.fromJson(text(file));
    return () -> assertEquals(read, Manifest.fromJson(read.toJson()));
  }

  private static String text(byte[] file) {
    return new String(file, UTF_8);
  }
}
