package io.unroll.dataprep.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a file that is no UTF-8 text begins with.
 *
 * @param what names the kind of file
 * @param packing how it is unpacked; NONE if it cannot be read
 * @param remedy what to do instead; empty if it can be read
 * @param offset of the bytes that tell it
 * @param bytes at that offset
 */
record Signature(String what, Packing packing, String remedy, int offset, byte[] bytes) {
  /** Bytes of a file's beginning that are looked at. */
  static final int LONGEST = 4096;

  private static final String UNPACK = "unpack it first";
  private static final String FOLDER = "unpack it, and give its folder or files";
  private static final String SAVE_AS_TEXT = "save its text as a file of plain text";
  private static final String NO_TEXT = "give text";
  private static final String CONVERT = "convert it, such as with `iconv -f %s -t UTF-8`";

  /** The longer one first where one begins as another. */
  private static final List<Signature> KNOWN =
      List.of(
          packed("gzip", Packing.GZIP, 0, "1f8b"),
          packed("bzip2", Packing.BZIP2, 4, "314159265359"),
          packed("xz", Packing.XZ, 0, "fd377a585a00"),
          packed("Zstandard", Packing.ZSTANDARD, 0, "28b52ffd"),
          other("packed with LZ4", UNPACK, "04224d18"),
          other("packed with Snappy", UNPACK, "ff060000734e6150"),
          other("packed with lzip", UNPACK, "4c5a495001"),
          other("packed with compress", UNPACK, "1f9d"),
          other("a ZIP archive, or a document of an office program", FOLDER, "504b0304"),
          other("an empty ZIP archive", FOLDER, "504b0506"),
          other("a part of a ZIP archive", FOLDER, "504b0708"),
          other("a 7z archive", FOLDER, "377abcaf271c"),
          other("a RAR archive", FOLDER, "526172211a07"),
          new Signature("a tar archive", Packing.NONE, FOLDER, 257, ascii("ustar")),
          other("a Parquet file", SAVE_AS_TEXT, "5041523115"),
          other("an Avro file", SAVE_AS_TEXT, "4f626a01"),
          other("an HDF5 file", SAVE_AS_TEXT, "894844460d0a1a0a"),
          other("a NumPy array", SAVE_AS_TEXT, "934e554d5059"),
          other("a pickle of Python", SAVE_AS_TEXT, "800495"),
          other("a pickle of Python", SAVE_AS_TEXT, "800595"),
          other("an SQLite database", SAVE_AS_TEXT, "53514c69746520666f726d6174203300"),
          other("a PDF document", SAVE_AS_TEXT, "255044462d"),
          other("a document of an office program", SAVE_AS_TEXT, "d0cf11e0a1b11ae1"),
          other("a PNG image", NO_TEXT, "89504e470d0a1a0a"),
          other("a JPEG image", NO_TEXT, "ffd8ff"),
          other("a GIF image", NO_TEXT, "474946383761"),
          other("a GIF image", NO_TEXT, "474946383961"),
          other("a TIFF image", NO_TEXT, "49492a00"),
          other("a TIFF image", NO_TEXT, "4d4d002a"),
          other("an Ogg sound or film", NO_TEXT, "4f67675300"),
          other("a program", NO_TEXT, "7f454c46"),
          other("a class of Java", NO_TEXT, "cafebabe"),
          other("UTF-32 text", CONVERT.formatted("UTF-32"), "fffe0000"),
          other("UTF-32 text", CONVERT.formatted("UTF-32"), "0000feff"),
          other("UTF-16 text", CONVERT.formatted("UTF-16"), "fffe"),
          other("UTF-16 text", CONVERT.formatted("UTF-16"), "feff"));

  private static Signature packed(String what, Packing packing, int offset, String hex) {
    return new Signature("packed with " + what, packing, "", offset, HexFormat.of().parseHex(hex));
  }

  private static Signature other(String what, String remedy, String hex) {
    return new Signature(what, Packing.NONE, remedy, 0, HexFormat.of().parseHex(hex));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * What a file is, if it is no text.
   *
   * @param beginning its first {@value #LONGEST} bytes, or all
   */
  static Optional<Signature> of(byte[] beginning) {
    return KNOWN.stream()
        .filter(known -> known.begins(beginning))
        .findFirst()
        .or(() -> isFullOfNuls(beginning) ? Optional.of(fullOfNuls()) : Optional.empty());
  }

  private boolean begins(byte[] beginning) {
    int end = offset + bytes.length;
    return beginning.length >= end && Arrays.equals(beginning, offset, end, bytes, 0, bytes.length);
  }

  /** UTF-16 and UTF-32 of most scripts, which are UTF-8 too: a text hardly ever has a NUL. */
  private static boolean isFullOfNuls(byte[] beginning) {
    int nuls = 0;
    for (byte octet : beginning) {
      nuls += octet == 0 ? 1 : 0;
    }
    return nuls > beginning.length / 4;
  }

  private static Signature fullOfNuls() {
    return other(
        "full of NUL characters, as UTF-16 without a byte order mark is",
        CONVERT.formatted("UTF-16LE"),
        "");
  }
}
