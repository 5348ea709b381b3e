package io.unroll.driver.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What Hadoop's local file system cannot do. */
final class LocalFile {
  private LocalFile() {}

  /**
   * Creates a file, forced to the device. Hadoop's local file system looks first and creates then:
   * two processes could both succeed.
   *
   * @return false if it is there already
   */
  static boolean createNew(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
        channel.write(rest);
      }
      channel.force(true);
      return true;
    } catch (FileAlreadyExistsException there) {
      return false;
    } catch (IOException failure) {
      Files.deleteIfExists(file);
      throw failure;
    }
  }
}
