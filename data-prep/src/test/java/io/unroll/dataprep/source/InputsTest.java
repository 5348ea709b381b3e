package io.unroll.dataprep.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
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
  void takesAFileWhoseNameLooksLikeAGlob() throws IOException {
    assertEquals(List.of("a[1].txt"), names(write("a[1].txt", "x")));
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
    assertRefused("No FileSystem for scheme \"nowhere\"", "nowhere://x/y");
  }

  private void assertRefused(String reason, String... inputs) {
    var e = assertThrows(DataException.class, () -> files(inputs));
    assertTrue(e.getMessage().startsWith("Cannot read "), e.getMessage());
    assertTrue(e.getMessage().contains(inputs[inputs.length - 1]), e.getMessage());
    assertTrue(e.getMessage().endsWith(reason), e.getMessage());
  }
}
