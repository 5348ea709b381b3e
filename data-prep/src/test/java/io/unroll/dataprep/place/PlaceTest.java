package io.unroll.dataprep.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
  @TempDir private java.nio.file.Path folder;

  /** A file and a folder of each name, both found by path, URI, and what is shown of them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "with blanks",
        " blanks around ",
        "12:30",
        "a:b",
        "colon 12:30:00.txt",
        "100%25 done%",
        "%s %d %n",
        "back\\slash",
        "[v1] {x,y}",
        "*?^!",
        "hash#1",
        "semi;colon=x&y+z",
        "quote'\"`",
        "${user.name} $HOME",
        "<a href>|",
        "line\nbreak\r",
        "tab\t\u001b[31m\u007f",
        "été Größe Привет 文字",
        "emoji 😀 e\u0301",
        "~",
        "...",
        "-x",
        "@"
      })
  void aNameIsTakenLiterally(String name) throws IOException {
    assumeTrue(Place.refusal(name).isEmpty(), "this locale has no such names");
    java.nio.file.Path there = folder.resolve(name).resolve(name);
    Files.createDirectories(there.getParent());
    Files.writeString(there, "x");
    FileSystem files = FileSystem.getLocal(new Configuration(false));
    for (String text : new String[] {there.toString(), "file:" + there, "file://" + there}) {
      Path path = Place.of(text);
      assertEquals(1, files.getFileStatus(path).getLen(), text);
      assertEquals(name, path.getName());
      assertEquals(path, Place.of(path.toString()));
      try (var in = PlaceFiles.of(path, new Configuration(false)).open(path)) {
        assertEquals('x', in.read());
      }
    }
    Path child = Place.child(Place.of(folder.toString()), name);
    assertTrue(files.getFileStatus(Place.child(child, name)).isFile());
    assertEquals(there, PlaceFiles.local(files, Place.child(child, name)).orElseThrow());
    String working = files.getWorkingDirectory().toUri().getPath();
    assertEquals(
        working + "/" + name, files.makeQualified(Place.of(name)).toUri().getPath(), "relative");
  }

  @ParameterizedTest
  @CsvSource({
    "hdfs://host:8020/a%20b/12:30, hdfs, host:8020, /a%20b/12:30",
    "s3a://bucket/a#b?c, s3a, bucket, /a#b?c",
    "file:/a/b, file, , /a/b",
    "viewfs:/a, viewfs, , /a",
    "a:/b, , , a:/b",
    "file:x, , , file:x",
    "//host/a, , , /host/a",
  })
  void aSchemeMakesAUri(String text, String scheme, String authority, String path) {
    var uri = Place.of(text).toUri();
    assertEquals(scheme, uri.getScheme());
    assertEquals(authority, uri.getAuthority());
    assertEquals(path, uri.getPath().replaceFirst("^\\./", ""));
  }

  @Test
  void whatCanBeNoNameIsRefusedNamingTheCharacter() {
    assertRefused("a\0b", "Cannot use the path 'a\\0b': NULL (U+0000) cannot be in a name");
    assertRefused("", "Cannot use the path '': it is empty");
    assertRefused("a\ud800", "HIGH SURROGATES D800 (U+D800) cannot be in a name in this locale");
    assertRefused("hdfs://[host/a", "it is no URI");
  }

  private static void assertRefused(String text, String reason) {
    var refusal = assertThrows(InvalidPlaceException.class, () -> Place.of(text));
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
    assertEquals(refusal.getMessage(), Place.refusal(text).orElseThrow());
  }
}
