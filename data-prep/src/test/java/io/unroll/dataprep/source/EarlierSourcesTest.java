package io.unroll.dataprep.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.dataset.Source;
import io.unroll.dataprep.dataset.SourceChanges;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlierSourcesTest {
  private static final String RISK =
      "with splits by fractions, text that an earlier model was trained on can come into the"
          + " validation split now";

  /** Files as {@code name:content}. */
  private static List<Source> sources(String... files) {
    return Arrays.stream(files)
        .map(file -> file.split(":"))
        .map(parts -> new Source(parts[0], 10, parts[1]))
        .toList();
  }

  private static ComparedSources compare(List<Source> then, List<Source> now) {
    return new EarlierSources("d", "f", then).compare(now);
  }

  private static void assertChanges(
      List<Source> then, List<Source> now, String added, String changed, String gone) {
    SourceChanges changes = compare(then, now).changes().orElseThrow();
    assertEquals("d f", changes.dataset() + " " + changes.fingerprint());
    assertEquals(added, names(changes.added()));
    assertEquals(changed, names(changes.changed()));
    assertEquals(gone, names(changes.gone()));
  }

  private static String names(List<Source> sources) {
    return String.join(
        " ", sources.stream().map(source -> source.uri() + ":" + source.sha256()).toList());
  }

  @Test
  void tellsWhatIsNewChangedAndGone() {
    List<Source> then = sources("a:1", "b:2", "c:3");
    assertChanges(then, then, "", "", "");
    assertChanges(then, sources("a:1", "b:9", "d:4"), "d:4", "b:9", "c:3");
    assertChanges(List.of(), sources("a:1"), "a:1", "", "");
  }

  @Test
  void aFileThatWasMovedIsNotNew() {
    assertChanges(sources("a:1", "b:2"), sources("a:1", "old/b:2"), "", "", "");
    assertChanges(sources("a:1", "b:2"), sources("a:2", "b:1"), "", "", "");
    assertChanges(sources("a:1", "b:2"), sources("a:2"), "", "", "a:1");
  }

  /** As log files are: the newest has always the same name. */
  @Test
  void ofFilesThatAreRotatedOnlyTheNewTextIsNew() {
    List<Source> then = sources("log:2", "log.1:1");
    assertChanges(then, sources("log:3", "log.1:2", "log.2:1"), "log:3", "", "");
    assertChanges(then, sources("log:3", "log.1:2"), "log:3", "", "log.1:1");
  }

  @Test
  void aSecondFileOfTheSameContentIsNewText() {
    assertChanges(sources("a:1", "b:2"), sources("a:1", "b:2", "c:1"), "c:1", "", "");
    assertChanges(sources("a:1", "c:1"), sources("c:1"), "", "", "a:1");
  }

  @Test
  void saysNothingOfFilesThatComeLast() {
    var compared = compare(sources("a:1", "b:2"), sources("a:1", "b:2", "c:3", "d:4"));
    assertEquals(List.of(), compared.notes(Fractions.DEFAULT));
    assertEquals(List.of(), ComparedSources.alone(sources("a:1")).notes(Fractions.DEFAULT));
  }

  @Test
  void namesAFileThatMovesOlderTextIntoAnotherSplit() {
    String remedy = " (give new files names that sort last, such as by date)";
    var early = compare(sources("b:2", "c:3"), sources("a:1", "b:2", "c:3"));
    assertEquals(
        List.of("a comes before b, which it did not in the earlier dataset: " + RISK + remedy),
        early.notes(Fractions.DEFAULT));
    var archived = compare(sources("1:1", "2:2"), sources("2:2", "archive/1:1"));
    assertEquals(
        List.of(
            "2:2 comes before archive/1:1, which it did not".replaceAll(":\\d", "")
                + " in the earlier dataset: "
                + RISK
                + remedy),
        archived.notes(Fractions.DEFAULT));
    assertEquals(List.of(), early.notes(Fractions.ALL_TRAIN));
  }

  @Test
  void namesSomeOfTheFilesThatChangedOrAreGone() {
    List<Source> then = sources("a:1", "b:2", "c:3", "d:4", "e:5");
    var compared = compare(then, sources("a:9", "b:9", "c:9", "d:9"));
    assertEquals(
        List.of(
            "changed since the earlier dataset: 4 files (a, b, c, ...)",
            "gone since the earlier dataset: 1 file (e)"),
        compared.notes(Fractions.ALL_TRAIN));
    assertTrue(
        compared.notes(Fractions.DEFAULT).stream().allMatch(note -> note.endsWith("; " + RISK)));
  }
}
