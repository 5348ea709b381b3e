package io.unroll.dataprep.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.UnreachableInputException;
import io.unroll.dataprep.place.InvalidPlaceException;
import io.unroll.dataprep.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
  @TempDir private Path folder;

  private List<SourceFile> files(String... inputs) {
    return new Inputs(new Configuration(false)).files(List.of(inputs));
  }

  private List<String> names(String... inputs) {
    String root = "file:" + folder + "/";
    return files(inputs).stream().map(file -> file.uri().substring(root.length())).toList();
  }

  private String write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  @Test
  void keepsTheOrderOfInputsAndSortsWithinThem() throws IOException {
    String last = write("z.txt", "z");
    write("sub/b.txt", "b");
    write("sub/a.txt", "a");
    write("sub/deep/c.txt", "c");
    write("sub/_hidden", "h");
    write("sub/.hidden", "h");
    write("glob2.txt", "2");
    write("glob1.txt", "1");
    assertEquals(
        List.of("z.txt", "sub/a.txt", "sub/b.txt", "sub/deep/c.txt", "glob1.txt", "glob2.txt"),
        names(last, folder.resolve("sub").toString(), folder + "/glob*.txt"));
  }

  @Test
  void leavesOutWhatIsAboutTheCorpusUnlessItIsNamed() throws IOException {
    String readme = write("in/README.md", "x");
    write("in/LICENSE", "x");
    write("in/sub/Licence-MIT.txt", "x");
    write("in/readmes.txt", "x");
    assertEquals(List.of("in/readmes.txt"), names(folder + "/in"));
    assertEquals(List.of("in/readmes.txt", "in/README.md"), names(folder + "/in", readme));
  }

  @Test
  void takesAFileWhoseNameLooksLikeAGlob() throws IOException {
    assertEquals(List.of("a[1].txt"), names(write("a[1].txt", "x")));
  }

  @Test
  void takesNamesThatHadoopCannotList() throws IOException {
    write("in/colon 12:30:00.txt", "x");
    write("in/a:b/c:d", "x");
    write("in/back\\slash[1].txt", "x");
    List<String> all = List.of("in/a:b/c:d", "in/back\\slash[1].txt", "in/colon 12:30:00.txt");
    assertEquals(all, names(folder + "/in"));
    assertEquals(all.subList(0, 1), names(folder + "/in/a:?/*:d"));
    assertEquals(all.subList(2, 3), names(folder + "/in/*:*:*"));
  }

  @Test
  void triesOnlyWhatIsNotThereAsAGlob() throws IOException {
    write("my {a,b} [1]/a.txt", "x");
    write("my {a,b} [1]/b.txt", "x");
    write("my a 1/c.txt", "x");
    assertEquals(
        List.of("my {a,b} [1]/a.txt", "my {a,b} [1]/b.txt"),
        names(folder + "/my {a,b} [1]/[a-b].txt"));
    assertEquals(List.of("my a 1/c.txt"), names(folder + "/my {a,b} [1]*/../my a [1]/{c,d}.txt"));
  }

  @Test
  void readsNothingTwiceThroughLinks() throws IOException {
    write("corpus/z/text.txt", "x");
    Path corpus = folder.resolve("corpus");
    Files.createSymbolicLink(corpus.resolve("self"), Path.of("."));
    Files.createSymbolicLink(corpus.resolve("a"), Path.of("z"));
    Files.createSymbolicLink(corpus.resolve("again.txt"), Path.of("z/text.txt"));
    write("elsewhere/more.txt", "x");
    Files.createSymbolicLink(corpus.resolve("more"), folder.resolve("elsewhere"));
    assertEquals(List.of("corpus/more/more.txt", "corpus/z/text.txt"), names(corpus.toString()));

    FileSystem local = FileSystem.getLocal(new Configuration(false));
    var walk = new CorpusFiles(local);
    walk.below(List.of(local.getFileStatus(Place.of(corpus.toString()))));
    assertEquals(
        List.of("a", "again.txt", "self"),
        walk.leftOut().stream().map(org.apache.hadoop.fs.Path::getName).toList());
  }

  @Test
  void refusesAFileThatIsGivenOnceMoreByALink() throws IOException {
    String file = write("a.txt", "x");
    Path link = Files.createSymbolicLink(folder.resolve("b.txt"), Path.of("a.txt"));
    assertEquals(List.of("b.txt"), names(link.toString()));
    assertRefused("b.txt is among the inputs twice", file, link.toString());
  }

  @Test
  void refusesLinksThatLeadNowhere() throws IOException {
    write("corpus/text.txt", "x");
    Path link = folder.resolve("corpus/gone.txt");
    Files.createSymbolicLink(link, Path.of("moved.txt"));
    String reason =
        "it is a symbolic link to moved.txt, which is not there (mend or remove the link)";
    assertRefused(reason, link.toString());
    assertRefused("gone.txt: " + reason, folder + "/corpus");
  }

  @Test
  @Timeout(20)
  void refusesNamedPipes() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);
    for (String input : List.of(pipe.toString(), link.toString(), folder.toString(), "/dev/zero")) {
      var refusal = assertThrows(InvalidPlaceException.class, () -> files(input));
      assertTrue(
          refusal
              .getMessage()
              .endsWith(
                  "it is a named pipe or a device (expected a file or folder; write what it gives"
                      + " into a file first)"),
          refusal.getMessage());
    }
  }

  @Test
  void saysWhichChecksumFileToDelete() throws IOException {
    Path file = folder.resolve("a.txt");
    var hadoop = new Configuration(false);
    try (var out = FileSystem.getLocal(hadoop).create(Place.of(file.toString()))) {
      out.writeBytes("what Hadoop wrote");
    }
    for (String edited : List.of("what I wrote here", "longer than what it was", "short")) {
      Files.writeString(file, edited);
      SourceFile source = files(file.toString()).get(0);
      var e =
          assertThrows(
              IOException.class,
              () -> {
                try (var in = source.open(hadoop, 0)) {
                  in.readAllBytes();
                }
              });
      assertEquals(
          "Cannot read file:%s: it is not what Hadoop's checksum file beside it says: it was changed after that was written, or is damaged (if the change is wanted, delete %s/.a.txt.crc; if not, restore the file)"
              .formatted(file, folder),
          source.unreadable(e).getMessage());
    }
  }

  @Test
  void tellsCompressedFiles() throws IOException {
    assertTrue(files(write("a.txt.gz", "x")).get(0).compressed());
  }

  @Test
  void refusesWhatIsMissingEmptyOrThereTwice() throws IOException {
    String here = write("here.txt", "x");
    String empty = write("empty.txt", "");
    String none = Files.createDirectory(folder.resolve("none")).toString();
    assertRefused("it does not exist", folder + "/missing.txt");
    assertRefused("it does not exist", folder + "/*.nothing");
    assertRefused("it is empty", empty);
    assertRefused("it has no files", none);
    assertRefused("is among the inputs twice", here, folder + "/h*.txt");
  }

  @Test
  void aFileSystemThatIsNotThereIsNoFaultOfTheInput() {
    var e = assertThrows(UnreachableInputException.class, () -> files("nowhere://x/y"));
    assertEquals("Cannot read nowhere://x/y: No FileSystem for scheme \"nowhere\"", e.getMessage());
  }

  private void assertRefused(String reason, String... inputs) {
    var e = assertThrows(DataException.class, () -> files(inputs));
    assertTrue(e.getMessage().startsWith("Cannot read "), e.getMessage());
    assertTrue(e.getMessage().contains(inputs[inputs.length - 1]), e.getMessage());
    assertTrue(e.getMessage().endsWith(reason), e.getMessage());
  }
}
